// Sends a chosen file at once, piece by piece, and shows how far it is. A cut connection is waited for; after a reload the same
// file chosen again goes on where it stopped. Without this script the button beside the chooser sends it with the form.
"use strict";

(() => {
  const RETRY = [1000, 2000, 5000, 10000, 20000, 30000, 60000]; // then it gives up and says what to do
  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

  // What tells a file from another of the same name and size: a file that was changed begins anew.
  const markOf = (file) => String(file.lastModified).slice(0, 64);

  class Cut extends Error {}
  class SignedOut extends Error {}

  const exchange = (place) => {
    const token = () => place.closest("form").elements.csrfmiddlewaretoken.value;
    return (method, address, { body = null, told = null, stop = null } = {}) =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest(); // fetch does not tell how far a sending is
        request.open(method, address);
        request.setRequestHeader("Accept", "application/json");
        request.setRequestHeader("X-CSRFToken", token());
        if (body instanceof Blob) request.setRequestHeader("Content-Type", "application/octet-stream");
        if (told) request.upload.addEventListener("progress", (event) => told(event.loaded));
        if (stop) stop.addEventListener("abort", () => request.abort());
        request.addEventListener("loadend", () => {
          let answer = null;
          try {
            answer = JSON.parse(request.responseText);
          } catch {
            answer = null; // no answer, or a page
          }
          if (request.status === 403 && answer?.signed_out) reject(new SignedOut());
          else if (!answer || request.status >= 500) reject(new Cut());
          else resolve({ status: request.status, answer });
        });
        request.send(body);
      });
  };

  // The whole way of one file: begin, its pieces, finish. Each step may be cut and is asked again.
  const sendOne = async (place, file, { told, waits, stop }) => {
    const ask = exchange(place);
    const form = new FormData();
    for (const [name, value] of [["name", file.name], ["size", file.size], ["mark", markOf(file)]]) form.append(name, value);

    const patiently = async (step) => {
      for (let tries = 0; ; tries += 1) {
        try {
          return await step();
        } catch (why) {
          if (!(why instanceof Cut) || stop.aborted || tries === RETRY.length) throw why;
          waits(true);
          await pause(RETRY[tries]);
          waits(false);
        }
      }
    };

    const begun = await patiently(() => ask("POST", place.dataset.uploads, { body: form, stop }));
    if (begun.status !== 201) return begun.answer;
    const address = `${place.dataset.uploads}${begun.answer.upload}/`;
    const most = Number(place.dataset.piece);
    let { arrived } = begun.answer;
    try {
      while (arrived < file.size && !stop.aborted) {
        const from = arrived;
        const body = file.slice(from, from + most);
        const step = () => ask("PUT", `${address}${from}/`, { body, stop, told: (sent) => told((from + sent) / file.size) });
        ({ arrived } = (await patiently(step)).answer); // 409 as well says from where to go on
        if (arrived === undefined) throw new Cut();
        told(arrived / file.size);
      }
      if (!stop.aborted) return (await patiently(() => ask("POST", `${address}finish/`))).answer;
    } catch (why) {
      if (!stop.aborted) throw why;
    }
    return (await patiently(() => ask("POST", `${address}cancel/`))).answer;
  };

  const improve = (place) => {
    const say = place.dataset;
    const chooser = place.querySelector("input[type=file]");
    if (!chooser) return; // the desk opened no file
    const row = place.querySelector("[data-sending]");
    const line = row.querySelector("[data-upload]");
    const bar = row.querySelector("progress");
    const cancel = row.querySelector("[data-cancel]");
    const told = place.querySelector("[data-told]");
    const refused = place.querySelector("[data-refused]");
    const listed = place.querySelector("[data-listed]");
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

    const show = (answer) => {
      if (answer.files === undefined) return;
      listed.innerHTML = answer.files; // written by our own template, names escaped
      place.dispatchEvent(new CustomEvent("steps", { bubbles: true, detail: answer.steps }));
    };

    const take = async (file) => {
      const named = (text) => text.replace("{name}", () => file.name);
      if (file.size > Number(say.mostBytes)) return refuse([named(say.sayTooBig)]);
      const stopper = new AbortController();
      const stops = () => stopper.abort();
      line.textContent = told.textContent = named(say.saySending);
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      cancel.textContent = named(say.sayCancel);
      cancel.addEventListener("click", stops);
      row.hidden = false;
      try {
        const answer = await sendOne(place, file, {
          told: (part) => (bar.value = part),
          waits: (cut) => (line.textContent = told.textContent = named(cut ? say.sayWaiting : say.saySending)),
          stop: stopper.signal,
        });
        show(answer);
        if (answer.refused.length) refuse(answer.refused);
        const last = stopper.signal.aborted ? say.sayCancelled : say.sayTaken;
        told.textContent = answer.refused.length ? "" : named(last);
      } catch (why) {
        told.textContent = "";
        refuse([named(why instanceof SignedOut ? say.saySignedOut : say.sayFailed)]);
      } finally {
        cancel.removeEventListener("click", stops);
        if (row.contains(document.activeElement)) chooser.focus();
        row.hidden = true;
      }
      return undefined;
    };

    chooser.addEventListener("change", async () => {
      const files = [...chooser.files];
      chooser.value = ""; // saving the form meanwhile must not send them a second time
      chooser.disabled = true;
      refused.replaceChildren();
      for (const file of files) await take(file);
      chooser.disabled = false;
    });

    addEventListener("beforeunload", (event) => {
      if (!row.hidden) event.preventDefault();
    });
  };

  document.querySelectorAll("[data-files]").forEach(improve);
})();
