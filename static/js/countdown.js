// Keeps "In 12 hours" right while a page stays open, in the last two days; speaks up at a day, an hour and ten minutes.
// The words begin as the server wrote them (forums/countdown.py) and follow the same rule.
"use strict";

(() => {
  const MINUTE = 60_000, HOUR = 60 * MINUTE;
  const SPOKEN = [24 * HOUR, HOUR, 10 * MINUTE];
  const words = new Intl.RelativeTimeFormat(`${document.documentElement.lang}-u-nu-latn`, { numeric: "always" });

  const capital = (text) => text.charAt(0).toLocaleUpperCase(document.documentElement.lang) + text.slice(1);

  const inWords = (left) =>
    capital(left >= HOUR ? words.format(Math.floor(left / HOUR), "hour") : words.format(Math.floor(left / MINUTE), "minute"));

  for (const countdown of document.querySelectorAll(".countdown[data-until]")) {
    const until = Date.parse(countdown.dataset.until);
    // a clock that is behind the server's would promise more time than there is; a page may be old, so never the other way
    const behind = Math.max(0, Date.parse(countdown.dataset.at) - Date.now());
    const shown = countdown.querySelector("strong");
    const spoken = countdown.querySelector("[role=status]");
    let before = Infinity;

    const tick = () => {
      const left = until - Date.now() - behind;
      if (left < MINUTE) return;
      if (left < 48 * HOUR) shown.textContent = inWords(left);
      if (SPOKEN.some((mark) => before > mark && left <= mark) && before !== Infinity) spoken.textContent = shown.textContent;
      before = left;
    };

    tick();
    setInterval(tick, MINUTE / 2);
  }
})();
