// Says from time to time that this page is open, and shows whether a colleague has it open too.
(() => {
  const place = document.querySelector("[data-presence]");
  if (!place) return;
  const address = place.dataset.presence;
  const post = (said, how) =>
    fetch(address, {
      method: "POST",
      headers: { Accept: "text/html", "X-CSRFToken": place.dataset.token },
      body: new URLSearchParams(said),
      redirect: "error",
      ...how,
    });
  let shown = place.innerHTML.trim();
  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await post({ here: "1" });
      if (!answer.ok) return;
      const told = (await answer.text()).trim();
      if (told !== shown) place.innerHTML = shown = told;
    } catch {
      // away for now: the next time tells
    }
  };
  setInterval(ask, 25000);
  document.addEventListener("visibilitychange", ask);
  addEventListener("pagehide", () => post({ leave: "1" }, { keepalive: true }).catch(() => {}));
})();
