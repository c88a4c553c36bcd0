"""A page on paper: without the ways around the site, but whole, on white, with the addresses of what it points to."""

PAPER = 718  # px: an A4 sheet between margins of one centimetre


def assert_whole_on_paper(browser):
    """Also for who reads in the dark: paper is white."""
    browser.page.evaluate(NOTE_WORDS)
    browser.at_width(PAPER)
    browser.page.emulate_media(media="print", color_scheme="dark")
    faults = browser.page.evaluate(FAULTS)
    browser.page.emulate_media(media="null", color_scheme="light")
    assert faults == [], "\n".join(faults)


# What nobody can press on paper may be missing from it.
NOTE_WORDS = """() => {
    window.wordsBefore = [];
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const pressed = "nav, form, button, .button, .pager, .facets, .days, .pills, .narrow-link, .visually-hidden, svg";
    while (walker.nextNode()) {
        const one = walker.currentNode.parentElement;
        const read = walker.currentNode.data.trim() && !one.closest(pressed);
        const unfolded = one.checkVisibility() || one.closest("details:not([open])");
        if (read && unfolded) window.wordsBefore.push(walker.currentNode);
    }
}"""
FAULTS = """() => {
    const faults = [];
    const begins = (one) => `<${one.localName} class="${one.getAttribute("class")}"> ${one.textContent.trim().slice(0, 60)}`;
    const { scrollWidth } = document.scrollingElement;
    if (scrollWidth > innerWidth) faults.push(`wider than the sheet: ${scrollWidth} px`);
    const seen = (one) => one.checkVisibility({ contentVisibilityAuto: true }) && one.getBoundingClientRect().height > 0;
    for (const one of document.querySelectorAll("header nav, .foot nav, .skip, .searchbox, .pager, main button, .facets"))
        if ([...one.querySelectorAll("a, button, input"), one].some(seen))
            faults.push(`to be pressed on paper: ${begins(one)}`);
    for (const node of window.wordsBefore) {
        const range = document.createRange();
        range.selectNodeContents(node);
        // what is folded has a place as well, where nothing is drawn
        if (!seen(node.parentElement) || ![...range.getClientRects()].some(({ width, height }) => width && height))
            faults.push(`not on paper: ${begins(node.parentElement)}`);
    }
    for (const one of document.querySelectorAll("main *")) {
        const { overflowX, overflowY, position } = getComputedStyle(one);
        if (!seen(one) || one.closest("svg, .visually-hidden")) continue;
        const cutOff = (overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1)
            || (overflowY !== "visible" && one.scrollHeight > one.clientHeight + 1);
        if (cutOff) faults.push(`cut off: ${begins(one)}`);
        if (["fixed", "sticky"].includes(position)) faults.push(`on each sheet again: ${begins(one)}`);
    }
    for (const link of document.querySelectorAll("main .text a[href^=http]"))
        if (seen(link) && !getComputedStyle(link, "::after").content.includes(link.getAttribute("href")))
            faults.push(`without its address: ${begins(link)}`);
    const bright = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
    for (const one of [document.documentElement, document.body, document.querySelector("main")]) {
        const { color, backgroundColor } = getComputedStyle(one);
        const clear = /, 0\\)$/.test(backgroundColor);
        if (bright(color) > 60 || !(clear || bright(backgroundColor) > 250))
            faults.push(`${color} on ${backgroundColor}: ${one.localName}`);
    }
    // a drawing may have one shape for wide windows and one for narrow ones
    const drawings = [...document.querySelectorAll("main svg[role=img]")];
    for (const part of new Set(drawings.map((one) => one.closest("section") ?? one.parentElement))) {
        if (![...part.querySelectorAll("svg[role=img]")].some(seen)) faults.push(`without its drawing: ${begins(part)}`);
        const words = [...document.querySelectorAll("main table, main ol.timeline")];
        if (!words.some(seen)) faults.push(`a drawing without its table: ${begins(part)}`);
    }
    return [...new Set(faults)].slice(0, 8);
}"""
