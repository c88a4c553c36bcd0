"""A page whose letters a reader has doubled: all of them grow, none is cut off, none lies on another."""

DOUBLE = 2
LEAST = 1.9  # times as large as before; what grows with the window as well is a little less


def assert_readable_at_twice_the_size(browser):
    browser.page.evaluate(NOTE_SIZES)
    browser.page.evaluate(GROW, DOUBLE)
    faults = browser.page.evaluate(FAULTS, LEAST)
    browser.page.evaluate("document.documentElement.style.fontSize = ''")
    assert faults == [], "\n".join(faults)


GROW = """(times) => {
    const { style } = document.documentElement;
    style.fontSize = `${times * parseFloat(getComputedStyle(document.documentElement).fontSize)}px`;
}"""
# Letters of drawings are measured in units of the drawing, which grows with the page.
NOTE_SIZES = """() => {
    for (const one of document.querySelectorAll("body *"))
        if (!one.closest("svg")) one.sizeBefore = parseFloat(getComputedStyle(one).fontSize);
}"""
FAULTS = """(least) => {
    const faults = [];
    const begins = (one) => `<${one.localName} class="${one.getAttribute("class")}"> ${one.textContent.trim().slice(0, 60)}`;
    const { scrollWidth } = document.scrollingElement;
    if (scrollWidth > innerWidth) faults.push(`the page is ${scrollWidth} px wide`);
    const hidden = (one) => !one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
        || one.closest(".visually-hidden, .skip") || one.getBoundingClientRect().width <= 1;
    const words = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const one = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || hidden(one) || one.closest("svg, option, textarea")) continue;
        const size = parseFloat(getComputedStyle(one).fontSize);
        if (size < least * one.sizeBefore) faults.push(`${one.sizeBefore} px grew to ${size}: ${begins(one)}`);
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        for (const { left, right, top, bottom } of range.getClientRects())
            // the middle of a line: what stands above and below it is room between lines
            if (right - left > 2) words.push({ one, left: left + 1, right: right - 1,
                top: top + (bottom - top) * 0.3, bottom: bottom - (bottom - top) * 0.3 });
    }
    for (const one of document.querySelectorAll("body *")) {
        const { overflowX, overflowY } = getComputedStyle(one);
        if (hidden(one) || one.closest("svg") || !one.textContent.trim() || one.localName === "select") continue;
        const cutOff = (["hidden", "clip"].includes(overflowX) && one.scrollWidth > one.clientWidth + 1)
            || (["hidden", "clip"].includes(overflowY) && one.scrollHeight > one.clientHeight + 1);
        if (cutOff) faults.push(`cut off: ${begins(one)}`);
    }
    const scrolls = (one) => { for (; one; one = one.parentElement)
        if (["auto", "scroll"].includes(getComputedStyle(one).overflowX)) return one; };
    const seen = words.filter((word) => {
        const box = scrolls(word.one.parentElement)?.getBoundingClientRect();
        return !box || (word.left < box.right && word.right > box.left && word.top < box.bottom && word.bottom > box.top);
    }).sort((a, b) => a.top - b.top);
    for (let at = 0; at < seen.length; at += 1) {
        for (let next = at + 1; next < seen.length && seen[next].top < seen[at].bottom; next += 1) {
            const [a, b] = [seen[at], seen[next]];
            const lies = a.left < b.right && b.left < a.right && a.one !== b.one;
            if (lies) faults.push(`${begins(a.one)} lies on ${begins(b.one)}`);
        }
    }
    return [...new Set(faults)].slice(0, 8);
}"""
