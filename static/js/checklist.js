// Makes the long lists of components/_checklist.html quicker: narrow by typing, see what is chosen. Without it they work too.
"use strict";

(() => {
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

  // A number finds what has this number, not what has it somewhere in it: 7 is not 17.
  const fits = (name, key) => /^\d+$/.test(key) ? name.trim().split(/\D+/).includes(key) : name.includes(key);

  const improve = (list) => {
    const narrow = list.querySelector(".narrow");
    const typed = narrow.querySelector("input");
    const shown = narrow.querySelector("[data-shown]");
    const chosen = list.querySelector("[data-chosen]");
    const choices = [...list.querySelectorAll(".choice")].map((label) => ({
      label, box: label.querySelector("input"), name: label.textContent.trim(), key: plain(label.textContent),
    }));
    const limit = list.querySelector("[data-limit]");
    const most = Number(choices[0]?.box.dataset.most);
    const groups = [...list.querySelectorAll("details")];

    const narrowTo = (key) => {
      let count = 0;
      for (const choice of choices) {
        choice.label.hidden = !fits(choice.key, key);
        if (!choice.label.hidden) count += 1;
      }
      for (const group of groups) {
        group.hidden = !group.querySelector(".choice:not([hidden])");
        if (key) group.open = !group.hidden;
      }
      shown.textContent = key ? shown.dataset.shown.replace("{count}", count) : "";
    };

    const count = () => {
      const number = choices.filter(({ box }) => box.checked).length;
      limit.textContent = limit.dataset.limit.replace("{count}", number).replace("{most}", most);
      limit.classList.toggle("over", number > most);
      limit.hidden = false;
    };

    const tell = () => {
      if (most) count();
      chosen.replaceChildren(...choices.filter(({ box }) => box.checked).map(({ name }) => {
        const item = document.createElement("li");
        const isolated = document.createElement("bdi");
        isolated.textContent = name;
        item.append(isolated);
        return item;
      }));
    };

    typed.addEventListener("input", () => narrowTo(plain(typed.value.trim())));
    typed.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault(); // would send the whole form
    });
    list.addEventListener("change", tell);
    narrow.hidden = false;
    tell();
  };

  document.querySelectorAll("[data-checklist]").forEach(improve);
})();
