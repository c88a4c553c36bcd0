// A page that waits for a file: looks now and then whether it is there, and goes to it. Without this the link does the same.
"use strict";
for (const link of document.querySelectorAll("[data-waits]")) {
  let tries = 0;
  const timer = setInterval(async () => {
    tries += 1;
    const answer = await fetch(link.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (answer && answer.status !== 202) { clearInterval(timer); location.assign(link.href); }
    if (tries >= 60) clearInterval(timer);
  }, 4000);
}
