// Offers colleagues while one writes @ and the beginning of a name in a note. Without it the name is written in full.
"use strict";
(() => {
  const note = document.querySelector("textarea[data-colleagues]");
  if (!note) return;
  const list = document.createElement("ul");
  list.className = "offered";
  list.id = "offered-colleagues";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", note.dataset.offered);
  note.after(list);
  note.setAttribute("aria-controls", list.id);
  note.setAttribute("aria-autocomplete", "list");
  let asked = 0;
  let place = -1;

  // What was typed after the last @ before the caret, as long as it may still be a name.
  const begun = () => /(?:^|[^\w.@])@([^\s@][^@\n]{0,40})$/u.exec(note.value.slice(0, note.selectionStart))?.[1];
  const options = () => [...list.children];
  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    place = -1;
    note.removeAttribute("aria-activedescendant");
  };
  const mark = (to) => {
    const all = options();
    place = (to + all.length) % all.length;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    note.setAttribute("aria-activedescendant", all[place].id);
    all[place].scrollIntoView({ block: "nearest" });
  };
  const take = (name) => {
    const end = note.selectionStart;
    note.setRangeText(`${name} `, end - (begun() ?? "").length, end, "end");
    close();
    note.focus();
  };
  const show = (names) => {
    list.replaceChildren(
      ...names.map((name, at) => {
        const option = document.createElement("li");
        option.id = `colleague-${at}`;
        option.setAttribute("role", "option");
        option.dir = "auto";
        option.textContent = name;
        option.addEventListener("mousedown", (pressed) => {
          pressed.preventDefault();
          take(name);
        });
        return option;
      }),
    );
    list.hidden = !names.length;
    if (names.length) mark(0);
    else close();
  };

  note.addEventListener("input", async () => {
    const words = begun();
    const mine = ++asked;
    if (words === undefined) return close();
    try {
      const answer = await fetch(`${note.dataset.colleagues}?${new URLSearchParams({ q: words })}`, { redirect: "error" });
      const told = answer.ok ? await answer.json() : { names: [] };
      if (mine === asked) show(told.names);
    } catch {
      close();
    }
  });
  note.addEventListener("keydown", (pressed) => {
    if (list.hidden) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (pressed.key in steps) mark(place + steps[pressed.key]);
    else if (pressed.key === "Enter" || pressed.key === "Tab") take(options()[place].textContent);
    else if (pressed.key === "Escape") close();
    else return;
    pressed.preventDefault();
  });
  note.addEventListener("blur", close);
})();
