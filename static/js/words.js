// A live word count under every <textarea data-words-limit>. The rule is that of submissions/words.py: a word is a run
// between white space with at least one letter or digit; in Chinese each Han character is a word of its own.
"use strict";

(() => {
  // what Python's str.split() takes for white space
  const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;
  const HAN = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3134f}]/gu;
  const SAYS_SOMETHING = /[\p{L}\p{N}]/u;
  const NEAR = 0.9;

  const runs = (text) => text.split(SPACE).filter((run) => SAYS_SOMETHING.test(run)).length;

  const words = (text, language) =>
    language === "zh-hans" ? (text.match(HAN) || []).length + runs(text.replace(HAN, " ")) : runs(text);

  const inWords = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? inWords.format(values[name]) : all));

  // the language of the text is the answer to the form's question "language", else what the textarea says
  const languageOf = (area) => {
    const asked = area.form && area.form.elements.namedItem("language");
    return (asked && asked.value) || area.lang || document.documentElement.lang;
  };

  const watch = (area) => {
    const line = document.querySelector(`[data-count-for="${CSS.escape(area.id)}"]`);
    const limit = Number(area.dataset.wordsLimit);
    if (!line || !limit) return;

    const show = () => {
      const count = words(area.value, languageOf(area));
      const over = count - limit;
      line.classList.toggle("over", over > 0);
      line.classList.toggle("near", over <= 0 && count >= limit * NEAR);
      // heard only when it matters: a number read out at each word would drown the text
      if (count >= limit * NEAR) line.setAttribute("aria-live", "polite");
      else line.removeAttribute("aria-live");
      line.textContent = fill(over > 0 ? line.dataset.wordsOver : line.dataset.wordsText, { count, limit, over });
    };

    let waiting;
    area.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(show, 300);
    });
    if (area.form) area.form.addEventListener("change", show);
    show();
  };

  document.querySelectorAll("textarea[data-words-limit]").forEach(watch);
})();
