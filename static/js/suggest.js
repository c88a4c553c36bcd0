// A search box that suggests organisations, countries and objectives while one types (an ARIA combobox). Without it the box works.
"use strict";

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const input = form.querySelector('input[type="search"]');
  const list = document.createElement("ul");
  const said = document.createElement("span");
  let shown = [];
  let active = -1;
  let asked = "";
  let timer;

  list.className = "suggestions";
  list.id = `${input.id}-suggestions`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestLabel);
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  form.append(list, said);
  input.type = "text"; // a search field may not be a combobox
  input.enterKeyHint = "search";
  input.autocomplete = "off";
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  const close = () => {
    list.hidden = true;
    active = -1;
    said.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (place) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = list.children[active];
    if (!option) { input.removeAttribute("aria-activedescendant"); return; }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  const show = (suggestions) => {
    shown = suggestions;
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...suggestions.map((each, place) => {
      const option = document.createElement("li");
      const label = document.createElement("bdi");
      const kind = document.createElement("small");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      label.textContent = each.label;
      label.lang = each.language;
      kind.textContent = each.kind;
      option.append(label, " ", kind);
      option.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
      option.addEventListener("click", () => location.assign(each.url));
      return option;
    }));
    if (!suggestions.length) { close(); return; }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    said.textContent = form.dataset.suggestSays;
  };

  const ask = async () => {
    const typed = input.value.trim();
    if (typed === asked && !list.hidden) return;
    asked = typed;
    if (!typed) { close(); return; }
    try {
      const answer = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: typed.slice(0, 60) })}`);
      const { suggestions } = await answer.json();
      if (typed === input.value.trim() && document.activeElement === input) show(suggestions);
    } catch { close(); } // without an answer the box is a box
  };

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 200); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); return; }
    if (event.key === "Enter" && active >= 0) { event.preventDefault(); location.assign(shown[active].url); return; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    if (list.hidden) { asked = ""; ask(); return; }
    const places = list.children.length + 1; // one place more than options: none is chosen, the typed words stand
    choose(((active + 1 + step + places) % places) - 1);
  });
}
