// Keeps a draft while it is typed: on the server by form[data-autosave] (see components/_autosave.html), and in this browser
// until the server has it. Nothing here sends an input; without this script the form's own buttons save it.
"use strict";

(() => {
  const BRIEF = 300000; // signs of a saving
  const PAUSE = 3000; // after the last keystroke
  const MOST_BEHIND = 10000; // while somebody types without pause
  const RETRY = [5000, 10000, 20000, 40000, 60000];
  const KEPT_FOR = 30 * 24 * 3600 * 1000; // a copy left behind in this browser
  const NEVER_KEPT = ["csrfmiddlewaretoken", "edition"];

  const language = document.documentElement.lang;
  const LOCALE = `${language === "en" ? "en-GB" : language}-u-ca-gregory-nu-latn`;

  const clock = (instant) =>
    instant.toLocaleTimeString(LOCALE, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

  // The browser's copy ----------------------------------------------------------------------------------------------
  // Each open page writes under a name of its own, so that two tabs never overwrite or remove each other's copy.

  const copies = (key) => {
    const prefix = `draft:${key}:`;
    const mine = prefix + Date.now().toString(36) + Math.random().toString(36).slice(2, 8);
    // a page that is open holds a lock on its copy's name; other pages do not offer it as left behind
    const locks = navigator.locks;
    if (locks) locks.request(mine, () => new Promise(() => {}));

    const guarded = (act, otherwise) => {
      try {
        return act();
      } catch {
        return otherwise; // storage full or forbidden: the server's copy must do
      }
    };
    return {
      keep: (copy) => guarded(() => localStorage.setItem(mine, JSON.stringify({ at: new Date().toISOString(), ...copy }))),
      drop: (name = mine) => guarded(() => localStorage.removeItem(name)),
      async left() {
        const open = new Set(locks ? (await locks.query()).held.map((lock) => lock.name) : []);
        const names = guarded(() => Object.keys(localStorage), []).filter(
          (name) => name.startsWith(prefix) && name !== mine && !open.has(name),
        );
        return names
          .map((name) => ({ name, ...guarded(() => JSON.parse(localStorage.getItem(name)), {}) }))
          .filter((copy) => copy.answers)
          .sort((one, other) => (one.at < other.at ? 1 : -1));
      },
    };
  };

  // The answers of a form: {name: [values]} -------------------------------------------------------------------------

  const answersOf = (form) => {
    const answers = {};
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && !NEVER_KEPT.includes(name)) (answers[name] ||= []).push(value.replace(/\r\n?/g, "\n"));
    }
    return answers;
  };

  const sameAnswers = (one, other) => {
    const filled = (answers) =>
      JSON.stringify(Object.entries(answers).filter(([, values]) => values.join("")).sort(([a], [b]) => (a < b ? -1 : 1)));
    return filled(one) === filled(other);
  };

  const putBack = (form, answers) => {
    form.dispatchEvent(new CustomEvent("putback", { detail: answers })); // tables make room, see questions.js
    for (const control of form.elements) {
      if (!control.name || NEVER_KEPT.includes(control.name) || ["file", "submit", "button", "hidden"].includes(control.type)) continue;
      const values = answers[control.name] || [];
      if (["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
      else if (control.type === "select-multiple") for (const option of control.options) option.selected = values.includes(option.value);
      else if (control.name in answers) control.value = values[0];
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
    form.querySelectorAll("textarea").forEach((area) => area.dispatchEvent(new Event("input", { bubbles: true })));
  };

  // What the person reads -------------------------------------------------------------------------------------------

  const link = (href, text) => {
    const anchor = document.createElement("a");
    Object.assign(anchor, { href, textContent: text, target: "_blank", rel: "noopener" });
    return anchor;
  };

  const button = (text, act) => {
    const element = document.createElement("button");
    Object.assign(element, { type: "button", className: "button quiet", textContent: text });
    element.addEventListener("click", act);
    return element;
  };

  const note = (form, tone, text, ...actions) => {
    const box = document.createElement("div");
    const line = document.createElement("p");
    box.className = `note ${tone}`;
    box.setAttribute("role", "alert");
    line.textContent = text;
    box.append(line);
    if (actions.length) {
      const row = document.createElement("p");
      row.className = "row";
      row.append(...actions);
      box.append(row);
    }
    form.prepend(box); // before it the box would take the form's place in the page
    return box;
  };

  // Keeping one form ------------------------------------------------------------------------------------------------

  const keep = (form) => {
    const say = form.dataset;
    const copy = copies(say.draftKey || form.dataset.autosave);
    let typed = 0; // counts changes; what the server has is the count at the time of sending
    let saved = 0;
    let sending = false;
    let stopped = false; // after a conflict only a person may decide
    let leaving = false;
    let tries = 0;
    let firstUnsaved = null;
    let timer = null;
    let trouble = null;
    let otherForm = null;
    let last = JSON.stringify(answersOf(form));
    let goOn = null; // the form's own button, pressed while a saving was under way

    // Firefox puts back what a script wrote into a hidden field when the page is loaded anew, unless the field forbids it.
    form.elements.edition?.setAttribute("autocomplete", "off");
    const edition = () => Number(form.elements.edition ? form.elements.edition.value : 0);

    const show = (tone, text) =>
      document.querySelectorAll("[data-saved]").forEach((place) => {
        place.className = `saved ${tone}`;
        if (place.textContent !== text) place.textContent = text;
      });

    // a part of the page as the server wrote it after a saving, names escaped: what is still to do, what the words point to
    const showPart = (name, part) => {
      const place = document.querySelector(`[data-part=${name}]`);
      if (!place || part === undefined || part === place.dataset.shown) return;
      const held = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      place.innerHTML = part;
      place.dataset.shown = part;
      if (held) [...place.querySelectorAll("a")].find((step) => step.getAttribute("href") === held)?.focus();
    };

    const troubled = (tone, text, ...actions) => {
      show(tone, say.sayUnsaved);
      if (trouble && trouble.dataset.text === text) return;
      if (trouble) trouble.remove();
      trouble = note(form, tone, text, ...actions);
      trouble.dataset.text = text;
    };

    const later = (wait) => {
      clearTimeout(timer);
      timer = setTimeout(save, Math.max(0, wait));
    };

    // Signing in elsewhere changes the CSRF token: fetch this page again for the new one. The edition stays as it is,
    // so that what others wrote meanwhile is still noticed.
    const renewToken = async () => {
      const answer = await fetch(location.href, { credentials: "same-origin", redirect: "manual" });
      if (!answer.ok) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("form[data-autosave] [name=csrfmiddlewaretoken]");
      if (!fresh) return false;
      document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => (field.value = fresh.value));
      return true;
    };

    const send = (lastMoment) => {
      const body = new FormData(form);
      for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name); // files have their own way
      const brief = new URLSearchParams(body); // half the work to read; but long texts in other scripts grow threefold
      return fetch(say.autosave, {
        method: "POST", body: !lastMoment && brief.toString().length < BRIEF ? brief : body, credentials: "same-origin", redirect: "manual", keepalive: lastMoment,
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
        signal: AbortSignal.timeout?.(20000),
      });
    };

    // the level that was chosen has other questions: they come with the page, what stands here is saved under these
    const sayOtherForm = (address) => {
      otherForm?.remove();
      otherForm = note(form, "now", say.sayOtherForm, link(address, say.sayShowForm));
      otherForm.querySelector("a").removeAttribute("target");
    };

    const took = (kept, upTo) => {
      saved = upTo;
      tries = 0;
      if (form.elements.edition && kept.edition !== undefined) form.elements.edition.value = kept.edition;
      showPart("steps", kept.steps);
      showPart("suggested", kept.suggested);
      if (kept.other_form) sayOtherForm(kept.other_form);
      document.querySelectorAll("[data-until-saved]").forEach((remark) => remark.remove());
      if (kept.message) {
        // all but what the sentence names was saved: the copy stays until that is saved too
        firstUnsaved = typed === saved ? null : Date.now();
        if (firstUnsaved) later(PAUSE);
        troubled("wait", kept.message);
        return;
      }
      if (trouble) trouble.remove();
      trouble = null;
      if (typed === saved) {
        copy.drop();
        firstUnsaved = null;
        show("done", say.saySaved.replace("{time}", kept.saved_at_words || clock(new Date())));
      } else {
        // more was typed meanwhile: it is not saved before the next answer says so
        firstUnsaved = Date.now();
        later(PAUSE);
        show("", say.sayUnsaved);
      }
    };

    const conflicted = (kept) => {
      stopped = true;
      troubled("stop", kept.message || say.sayConflict, link(kept.url || location.href, say.sayCompare));
    };

    const signedOut = () => {
      // it leads to one's own page and not here: a second copy of this draft would save first, and this one would conflict
      troubled("stop", say.saySignedOut, link(say.signIn, say.saySignIn));
    };

    const failed = () => {
      troubled("wait", say.sayFailed);
      later(RETRY[Math.min(tries++, RETRY.length - 1)]);
    };

    const answered = async (answer, upTo, renewed) => {
      const json = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
      if (answer.ok && json.saved) return took(json, upTo);
      if (answer.status === 409) return conflicted(json);
      // 403, or a redirect to the page that signs in
      if ([401, 403].includes(answer.status) || answer.type === "opaqueredirect" || answer.ok) {
        if (renewed) return troubled("stop", json.message || say.sayRefused);
        return (await renewToken()) ? answered(await send(false), upTo, true) : signedOut();
      }
      if (answer.status >= 500 || answer.status === 429) return failed();
      return troubled("stop", json.message || say.sayRefused);
    };

    const save = async (lastMoment = false) => {
      clearTimeout(timer);
      if (stopped || leaving || sending || typed === saved) return;
      sending = true;
      const upTo = typed;
      if (!trouble) show("", say.saySaving);
      try {
        await answered(await send(lastMoment === true), upTo, false);
      } catch {
        failed();
      } finally {
        sending = false;
        // what went wrong is on the page; only a saving that worked lets the form go on
        if (goOn && saved >= upTo) form.requestSubmit(goOn.submitter);
        goOn = null;
      }
    };

    const changed = (event) => {
      if (event && event.target.type === "file") return;
      const answers = answersOf(form);
      const now = JSON.stringify(answers);
      if (now === last) return;
      last = now;
      typed += 1;
      copy.keep({ answers });
      if (stopped) return;
      firstUnsaved ??= Date.now();
      if (!trouble) show("", say.sayUnsaved);
      later(Math.min(PAUSE, firstUnsaved + MOST_BEHIND - Date.now()));
    };

    const submitted = (event) => {
      clearTimeout(timer);
      if (sending) {
        // the saving under way changes the edition: wait for it, or this page would conflict with itself
        event.preventDefault();
        goOn = { submitter: event.submitter };
        return;
      }
      leaving = true;
      if (typed !== saved) copy.keep({ answers: answersOf(form), sentAs: edition() });
    };

    const offer = async () => {
      for (const left of await copy.left()) {
        const arrived = "sentAs" in left && edition() > left.sentAs;
        const forgotten = Date.now() - new Date(left.at) > KEPT_FOR;
        if (arrived || forgotten || sameAnswers(left.answers, answersOf(form))) {
          copy.drop(left.name);
          continue;
        }
        const box = note(
          form, "wait", say.sayCopy.replace("{time}", new Date(left.at).toLocaleString(LOCALE, { dateStyle: "medium", timeStyle: "short" })),
          button(say.sayRestore, () => {
            putBack(form, left.answers);
            changed();
            copy.drop(left.name);
            box.remove();
          }),
          button(say.sayDiscard, () => {
            copy.drop(left.name);
            box.remove();
          }),
        );
        break; // the newest one; older ones are offered when it is dealt with
      }
    };

    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("focusout", () => save());
    form.addEventListener("submit", submitted);
    form.addEventListener("steps", (event) => showPart("steps", event.detail)); // a file was taken in, see files.js
    document.addEventListener("submit", (event) => (leaving ||= event.target !== form && !event.defaultPrevented));
    document.addEventListener("visibilitychange", () => save(document.visibilityState === "hidden"));
    window.addEventListener("online", () => save());
    window.addEventListener("focus", () => save());
    window.addEventListener("pageshow", () => (leaving = false));
    window.addEventListener("beforeunload", (event) => {
      if (typed !== saved && !leaving) event.preventDefault();
    });
    document.querySelectorAll("[data-with-saving]").forEach((words) => (words.hidden = false));
    document.querySelectorAll("[data-without-saving]").forEach((words) => (words.hidden = true));
    if ("unsaved" in say) {
      // the server gave back what was typed before signing in again; it is not saved yet
      typed += 1;
      firstUnsaved = Date.now();
      later(PAUSE);
    }
    offer();
  };

  document.querySelectorAll("form[data-autosave]").forEach(keep);

  // after a refused form the summary of errors is where reading goes on
  const summary = document.querySelector("[data-take-focus]");
  if (summary) summary.focus();
})();
