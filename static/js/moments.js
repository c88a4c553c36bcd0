// Adds the reader's own time behind every <time datetime data-own>, where the reader's clock differs from the one printed.
"use strict";

(() => {
  const text = document.body.dataset.ownTime;
  if (!text) return;

  const printedOffset = (iso) => {
    const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(iso) || [];
    return sign ? (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
  };

  const language = document.documentElement.lang;
  const ownTime = new Intl.DateTimeFormat(`${language === "en" ? "en-GB" : language}-u-ca-gregory-nu-latn`, {
    weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short",
  });

  for (const time of document.querySelectorAll("time[datetime][data-own]")) {
    const instant = new Date(time.dateTime);
    if (Number.isNaN(instant.getTime()) || -instant.getTimezoneOffset() === printedOffset(time.dateTime)) continue;
    const own = document.createElement("span");
    own.className = "own";
    own.dir = "auto";
    const until = new Date(time.dataset.until ?? NaN);
    const said = Number.isNaN(until.getTime()) ? ownTime.format(instant) : ownTime.formatRange(instant, until);
    own.textContent = text.replace("{time}", said);
    time.after(" ", own);
  }
})();
