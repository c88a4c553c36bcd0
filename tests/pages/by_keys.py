"""A page without a pointer: the key Tab comes to all that can be pressed, once and in order, and one sees where one is."""

MORE = 3  # presses than there are stops: who is caught does not come to the end


def assert_reached_by_keys(browser):
    browser.page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    stops = browser.page.evaluate(LISTEN)
    for _ in range(stops + MORE):
        browser.page.keyboard.press("Tab")
    faults = browser.page.evaluate(FAULTS)
    assert faults == [], "\n".join(faults)


def assert_skips_to_the_content(browser):
    browser.page.evaluate("document.activeElement.blur()")
    browser.page.locator(".skip").first.focus()
    browser.page.keyboard.press("Enter")
    assert browser.page.evaluate("document.activeElement.id || location.hash") in ("content", "#content")
    browser.page.keyboard.press("Tab")
    assert browser.page.evaluate("Boolean(document.activeElement.closest('main, footer'))")


def assert_folds_open_and_close(browser):
    for fold in browser.page.locator("summary:visible").all():
        fold.focus()
        was = fold.evaluate(IS_OPEN)
        for expected in (not was, was):
            browser.page.keyboard.press("Enter")
            assert fold.evaluate(IS_OPEN) is expected


IS_OPEN = "(one) => one.parentElement.open"
# Of buttons of which one is chosen Tab comes to one; a box that scrolls and holds nothing to press is a stop as well.
LISTEN = """() => {
    const able = "a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex], audio, video";
    const shown = (one) => one.checkVisibility({ visibilityProperty: true });
    const ofOneName = (one) => [...document.querySelectorAll("input[type=radio]")]
        .filter((other) => other.name === one.name && other.form === one.form && !other.disabled);
    const first = (ones) => ones.find((other) => other.checked) ?? ones[0];
    const chosen = (one) => one.type !== "radio" || one === first(ofOneName(one));
    window.expected = [...document.querySelectorAll(able)]
        .filter((one) => one.tabIndex >= 0 && !one.matches(":disabled") && shown(one) && chosen(one));
    window.came = [];
    window.unseen = [];
    const where = ({ target }) => {
        window.came.push(target);
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(target);
        const { width, height, bottom, right, top, left } = target.getBoundingClientRect();
        const inWindow = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth && width > 1 && height > 1;
        const marked = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
        if (!inWindow || !marked) window.unseen.push(target);
    };
    document.addEventListener("focusin", where);
    return window.expected.length;
}"""
FAULTS = """() => {
    const faults = [], begins = (one) => `${one.outerHTML.slice(0, 140)}`;
    const again = window.came.indexOf(window.came[0], 1);
    const came = again < 0 ? window.came : window.came.slice(0, again);
    for (const one of window.expected) if (!came.includes(one)) faults.push(`never reached: ${begins(one)}`);
    const counted = came.filter((one) => window.expected.includes(one));
    const wrong = counted.findIndex((one, at) => one !== window.expected[at]);
    if (wrong >= 0) faults.push(`out of order: ${begins(counted[wrong])}`);
    for (const one of came.filter((one, at) => came.indexOf(one) !== at)) faults.push(`twice: ${begins(one)}`);
    const scrolls = (one) => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight;
    for (const one of came)
        if (!window.expected.includes(one) && !scrolls(one)) faults.push(`a stop at nothing: ${begins(one)}`);
    for (const one of window.unseen) faults.push(`one does not see where one is: ${begins(one)}`);
    return [...new Set(faults)].slice(0, 8);
}"""
