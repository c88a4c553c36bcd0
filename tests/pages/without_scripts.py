"""A page in a browser that runs no scripts says the same, and its forms work; what only a script could do is not there."""

# What a script adds or keeps right on purpose: one's own time beside that of the forum, a button that copies, hours left.
WORDS = """() => {
    const main = document.querySelector("main").cloneNode(true);
    const added = ".own, [data-copies], .suggestions, [role=status], .countdown strong";
    main.querySelectorAll(added).forEach((one) => one.remove());
    return main.textContent.replace(/\\s+/g, "");
}"""
FAULTS = """(named) => {
    const faults = [], begins = (one) => one.outerHTML.slice(0, 140);
    const shown = (one) => one.checkVisibility({ visibilityProperty: true });
    for (const form of document.forms) {
        const sending = "button:not([type=button], [type=reset]), [type=submit]";
        const sends = [...form.elements].filter((one) => one.matches(sending));
        if (!sends.some(shown) || sends.every((one) => one.disabled)) faults.push(`nothing sends: ${begins(form)}`);
        if (named && form.method === "post" && !form.elements.csrfmiddlewaretoken)
            faults.push(`would be refused: ${begins(form)}`);
    }
    for (const one of document.querySelectorAll("button[type=button], a[href='#'], a:not([href]), [href^='javascript:']"))
        if (shown(one)) faults.push(`does nothing: ${begins(one)}`);
    for (const one of document.querySelectorAll("[role=combobox], [role=listbox], [aria-autocomplete], .suggestions"))
        faults.push(`a trace of suggestions: ${begins(one)}`);
    for (const one of document.querySelectorAll("main [hidden]"))
        if (one.textContent.trim() && !one.matches("[data-copies], template"))
            faults.push(`hidden for good: ${begins(one)}`);
    return faults.slice(0, 8);
}"""


def assert_the_same_without_scripts(scripted, plain, *, named=True):
    """`named`: whether a form that changes something must carry the word by which it is known to come from here."""
    words = plain.page.evaluate(WORDS)
    assert words == scripted, "\n".join(sorted(set(words.split(".")) ^ set(scripted.split("."))))
    faults = plain.page.evaluate(FAULTS, named)
    assert faults == [], "\n".join(faults)


def send_forms(plain, sent):
    """Each form that asks is pressed once in a window, with a word where one is needed: a page that knows it answers."""
    address, forms = plain.page.url, plain.page.evaluate(ASKING)
    for place, name in forms:
        if name in sent:
            continue
        sent.add(name)
        with plain.page.expect_navigation() as way:
            plain.page.locator(f"form >> nth={place}").evaluate(
                """(form) => {
                    for (const one of form.querySelectorAll("[required]")) one.value ||= "a".repeat(64);
                    form.requestSubmit(form.querySelector("button:not([type=button])"));
                }"""
            )
        assert way.value.status == 200, name
        plain.page.goto(address)


ASKING = """() => [...document.forms].flatMap((form, place) => form.method !== "get" ? []
    : [[place, `${new URL(form.action).pathname} ${[...form.elements].map((one) => one.name).sort().join(" ")}`]])"""
