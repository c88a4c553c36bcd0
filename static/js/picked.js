// A list that is searched by typing (Django's, of select2) gets the name of its label, which its own parts lack.
"use strict";

// Asked after the ready handlers of Django, which make the list.
django.jQuery(() => {
  for (const list of document.querySelectorAll("select.admin-autocomplete")) {
    const label = list.labels[0];
    const shown = list.nextElementSibling?.querySelector(".select2-selection__rendered");
    if (!label || !shown) continue;
    label.id ||= `${list.id}_label`;
    shown.setAttribute("aria-labelledby", label.id);
    shown.parentElement.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
  }
});
