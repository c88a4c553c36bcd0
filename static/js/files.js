// Sends a chosen file at once and shows how far it is. Without this script the button beside the chooser sends it with the form.
"use strict";

(() => {
  const sendOne = (place, file, told) =>
    new Promise((resolve) => {
      const body = new FormData();
      body.append("csrfmiddlewaretoken", place.closest("form").elements.csrfmiddlewaretoken.value);
      body.append("files", file);
      const request = new XMLHttpRequest(); // fetch does not tell how far a sending is
      request.open("POST", place.dataset.files);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", (event) => told(event.lengthComputable ? event.loaded / event.total : 0));
      request.addEventListener("loadend", () => {
        let answer = null;
        try {
          answer = JSON.parse(request.responseText);
        } catch {
          answer = null; // no answer, or a page: the file did not arrive
        }
        resolve(answer && answer.files !== undefined ? answer : null);
      });
      request.send(body);
    });

  const improve = (place) => {
    const say = place.dataset;
    const chooser = place.querySelector("input[type=file]");
    const line = place.querySelector("[data-upload]");
    const refused = place.querySelector("[data-refused]");
    const listed = place.querySelector("[data-listed]");
    const bar = document.createElement("progress");
    bar.max = 1;
    place.querySelector("[data-without-script]").hidden = true;

    const refuse = (sentences) => {
      const box = document.createElement("div");
      box.className = "note stop";
      box.setAttribute("role", "alert");
      for (const sentence of sentences) {
        const text = document.createElement("p");
        text.textContent = sentence;
        box.append(text);
      }
      refused.append(box);
    };

    chooser.addEventListener("change", async () => {
      refused.replaceChildren();
      for (const file of [...chooser.files]) {
        const named = (text) => text.replace("{name}", () => file.name);
        if (file.size > Number(say.mostBytes)) {
          refuse([named(say.sayTooBig)]); // the server would say the same after the whole file had travelled
          continue;
        }
        line.textContent = named(say.saySending);
        bar.value = 0;
        bar.setAttribute("aria-label", file.name);
        line.after(bar);
        const answer = await sendOne(place, file, (part) => (bar.value = part));
        bar.remove();
        if (answer) listed.innerHTML = answer.files; // written by our own template, names escaped
        if (answer) place.dispatchEvent(new CustomEvent("steps", { bubbles: true, detail: answer.steps }));
        if (!answer) refuse([named(say.sayFailed)]);
        else if (answer.refused.length) refuse(answer.refused);
        line.textContent = answer && !answer.refused.length ? named(say.sayTaken) : "";
      }
      chooser.value = "";
    });
  };

  document.querySelectorAll("[data-files]").forEach(improve);
})();
