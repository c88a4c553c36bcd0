// Questions of a form: those that depend on an earlier answer are shown with it, tables get rows. The server decides the same
// at sending (submissions/questions/conditions.py); what is hidden here stays in the form and is kept. Without this script
// all questions are shown, with the sentence on which answer they depend.
"use strict";

(() => {
  const dependent = [...document.querySelectorAll("[data-only-if]")];

  const answersTo = (form, name) => new FormData(form).getAll(name);

  const show = (form) => {
    const unasked = new Set(); // in the order of the page: a question behind a hidden one is hidden too
    for (const box of dependent) {
      if (box.closest("form") !== form) continue;
      const { onlyIf, onlyWhen } = box.dataset;
      if (!form.elements[onlyIf]) continue; // the desk did not open that question: its answer stands
      const wanted = onlyWhen.split(" ");
      box.hidden = unasked.has(onlyIf) || !answersTo(form, onlyIf).some((answer) => wanted.includes(answer));
      if (!box.hidden) continue;
      for (const control of box.querySelectorAll("[name]")) unasked.add(control.name);
    }
  };

  for (const form of new Set(dependent.map((box) => box.closest("form")))) {
    if (!form) continue;
    dependent.forEach((box) => box.querySelector(".only-if")?.remove());
    form.addEventListener("change", () => show(form));
    show(form);
  }

  // Tables ----------------------------------------------------------------------------------------------------------

  const grow = (place) => {
    const rows = place.querySelectorAll(".entry");
    const last = rows[rows.length - 1];
    if (rows.length >= Number(place.dataset.most)) return null;
    const [was, next] = [rows.length - 1, rows.length];
    const row = last.cloneNode(true);
    row.querySelector("legend").textContent = place.querySelector("[data-add-entry]").dataset.sayRow.replace("{number}", next + 1);
    for (const area of row.querySelectorAll("textarea")) {
      area.name = area.name.replace(`${place.dataset.entries}-${was}-`, `${place.dataset.entries}-${next}-`);
      const id = area.id.replace(`_${was}_`, `_${next}_`);
      row.querySelector(`label[for="${CSS.escape(area.id)}"]`).htmlFor = id;
      area.id = id;
      area.value = "";
    }
    last.after(row);
    return row;
  };

  for (const place of document.querySelectorAll("[data-entries]")) {
    const button = place.querySelector("[data-add-entry]");
    button.parentElement.hidden = false;
    place.querySelector("[data-without-script]").hidden = true;
    button.addEventListener("click", () => {
      const row = grow(place);
      if (row) row.querySelector("textarea").focus();
      if (place.querySelectorAll(".entry").length >= Number(place.dataset.most)) button.parentElement.hidden = true;
    });
    place.closest("form")?.addEventListener("putback", ({ detail }) => {
      const held = (number) => Object.keys(detail).some((name) => name.startsWith(`${place.dataset.entries}-${number}-`));
      while (held(place.querySelectorAll(".entry").length) && grow(place));
    });
  }
})();
