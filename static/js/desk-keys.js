// Single keys on the work list, the queue, the review page and the help sheet. They move and lead to buttons; none of them decides anything.
// Loaded only for those who have not switched them off; never heard while somebody types, chooses, or holds a modifier.
"use strict";
(() => {
  const root = location.pathname.replace(/^(.*\/admin\/).*$/, "$1");
  const queue = `${root}submissions/submission/`;
  const GOES = { w: root, q: queue };
  const DECISIONS = { t: "take_up", a: "accept", u: "publish", c: "ask", d: "decline", r: "reopen" };
  const rows = [...document.querySelectorAll("#result_list tbody tr, .work > li")];
  const linkOf = (row) => row?.querySelector("th a, td a") ?? row?.querySelector("a");
  let place = -1;
  let waitsForPlace = 0;

  const one = (selector) => document.querySelector(selector);
  const go = (link) => link && location.assign(link.href);
  const show = (element) => {
    if (!element) return false;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
    return true;
  };

  // A dropdown, a text or a button of its own keeps its keys; a tick box takes only the space bar.
  const types = (target) =>
    target.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio|button|submit)$/.test(target.type));

  const move = (by) => {
    if (!rows.length) return false;
    place = Math.min(rows.length - 1, Math.max(0, place + by));
    rows.forEach((row, at) => row.classList.toggle("here", at === place));
    return show(linkOf(rows[place]));
  };

  const tick = (box) => {
    if (!box) return false;
    box.click();
    return show(box);
  };

  // To the words of a decision where it asks for any, else to its button.
  const lead = (key) => {
    const part = document.getElementById(`decide-${key}`);
    const folded = part?.querySelector("details");
    if (folded) folded.open = true;
    return show(part?.querySelector("textarea, input:not([type=hidden]), select") ?? part?.querySelector("button:not(:disabled)"));
  };

  const acts = {
    j: () => move(1),
    k: () => move(-1),
    x: () => tick(rows[place]?.querySelector(".action-select")),
    o: () => go(linkOf(rows[place])),
    n: () => go(one("a[rel=next]") ?? one(".paginator .this-page ~ a")),
    p: () => go(one("a[rel=prev]") ?? [...document.querySelectorAll(".paginator a:has(~ .this-page)")].at(-1)),
    e: () => show(one("#remarks")),
    m: () => show(one("#note")),
    "/": () => show(one("#searchbar")) && one("#searchbar").select(),
    "?": () => location.assign(`${queue}search-help/#keyboard`),
  };

  document.addEventListener("keydown", (pressed) => {
    const { key, target } = pressed;
    if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.isComposing || types(target)) return;
    let act = acts[key];
    if (Date.now() < waitsForPlace && GOES[key]) act = () => location.assign(GOES[key]);
    else if (key in DECISIONS) act = () => lead(DECISIONS[key]);
    else if (/^[1-9]$/.test(key)) act = () => tick(document.querySelectorAll(".checks input[type=checkbox]")[key - 1]);
    else if (key === "g") act = () => { waitsForPlace = Date.now() + 1500; };
    if (!act) return;
    if (key !== "g") waitsForPlace = 0;
    pressed.preventDefault();
    act();
  });
})();
