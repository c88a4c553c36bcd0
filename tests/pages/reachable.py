"""Whether a kind of page is well made and reachable for everybody: how it is opened, what axe and the browser say of it.

One window for each language and light, and one session for each person, serve all pages of a file: opening them anew for
each page costs more than the page.
"""

import time

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings

from tests.browser import NARROWEST, WIDE, Visitor, committed, scrolls_sideways, session_of, violations
from tests.pages.every import DESK, WITH_SECOND_FACTOR
from tests.pages.turns import is_due
from tests.pages.well_made import check_page

FRESH = 60  # seconds
OPENED = """(details) => {
    localStorage.clear();
    if (details) document.querySelectorAll("details").forEach((one) => (one.open = true));
    return [document.documentElement.lang, getComputedStyle(document.documentElement).direction];
}"""
DIRECTIONS = {"en": "ltr", "ar": "rtl"}


class Window(Visitor):
    """A visitor's window that stays open and has axe in every page; only one person at a time looks out of it."""

    def __init__(self, *args, **wishes):
        super().__init__(*args, **wishes)
        self.context.add_init_script(AXE_SCRIPT)
        self.width, self.sessions, self.colours, self.sent = wishes.get("width", WIDE), {}, set(), set()

    def at_width(self, width):
        if width != self.width:
            self.width = width
            super().at_width(width)
        return self.page

    def seen_by(self, user, *, second_factor=False):
        """From here on this person looks, with no cookie but that of a session; None: somebody who is not signed in."""
        self.context.clear_cookies()
        self.complaints.clear()
        if user:
            value = self.session_of(user, second_factor)
            self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.portal}])
        return self

    def session_of(self, user, second_factor):
        """One that is new enough for what asks whether somebody has just signed in."""
        value, since = self.sessions.get((user.pk, second_factor), (None, 0))
        if time.monotonic() - since > FRESH:
            value, since = committed(session_of, user, second_factor=second_factor), time.monotonic()
            self.sessions[user.pk, second_factor] = value, since
        return value


def looking_at(browser, page):
    """That window with this page before it, and everything on it that opens opened."""
    address, who = page.at(browser.language)
    browser.seen_by(who, second_factor=page in WITH_SECOND_FACTOR)
    answer = browser.go(address)
    assert (answer.status, browser.page.url) == (page.status, browser.portal + address)
    check_page(page, browser.language, answer.body(), answer.headers)
    written = browser.page.evaluate(OPENED, page not in DESK)  # there each lies over the others: only one is open at a time
    assert written == [browser.language, DIRECTIONS[browser.language]]
    return browser


def assert_reachable(browser, **halves):
    """What axe itself does to the page is not the page's fault."""
    assert not browser.complaints
    found = violations(browser.page, **halves)
    browser.complaints.clear()
    assert not found, found


def assert_new_colours(browser):
    """Each way in which letters stand on a ground is judged once in a window, on the first page that has it."""
    unseen = browser.page.evaluate(UNSEEN_COLOURS, sorted(browser.colours))
    if unseen:
        found = violations(browser.page, else_too=False, within=".axe-unseen")
        assert not found, found
        browser.colours.update(unseen)


def assert_narrow(browser):
    """A wide window at 400 percent need not be scrolled sideways."""
    browser.at_width(NARROWEST)
    assert not scrolls_sideways(browser.page)


def but_in_turn(page, language) -> list:
    """Rules that cost as much as all others together, left out unless it is the turn of this page."""
    costly = {"color-contrast": 8, "target-size": 3}
    return [rule for rule, weeks in costly.items() if not is_due(f"{page} {language} {rule}", weeks)]


def check_in_a_wide_window(window, page):
    """In English, with colours."""
    browser = looking_at(window("en"), page)
    browser.picture(f"{page}-en-{WIDE}")
    assert_reachable(browser, but=but_in_turn(page, "en"))
    assert_new_colours(browser)
    assert_narrow(browser)


def check_from_right_to_left_in_the_narrowest_window(window, page):
    """In Arabic, whose colours are those of English."""
    browser = looking_at(window("ar", width=NARROWEST), page)
    browser.picture(f"{page}-ar-{NARROWEST}")
    assert_reachable(browser, but=but_in_turn(page, "ar"), colours=False)
    assert_narrow(browser)


# What contrast depends on: the letters and everything that lies under them.
UNSEEN_COLOURS = """(seen) => {
    const known = new Set(seen), unseen = [];
    const hasWords = (one) => one.matches("input, select, textarea")
        || [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const ground = (one) => {
        const { backgroundColor, backgroundImage, opacity } = getComputedStyle(one);
        const own = backgroundColor === "rgba(0, 0, 0, 0)" && backgroundImage === "none" && opacity === "1";
        const under = one.parentElement ? ground(one.parentElement) : "";
        return own ? under : `${backgroundColor} ${backgroundImage} ${opacity} on ${under}`;
    };
    for (const one of document.querySelectorAll("body *")) {
        if (!hasWords(one) || !one.checkVisibility()) continue;
        const { color, fontSize, fontWeight, textShadow } = getComputedStyle(one);
        const way = [one.tagName === "A", color, fontSize, fontWeight, textShadow, ground(one)].join(" ");
        if (known.has(way)) continue;
        known.add(way);
        unseen.push(way);
        one.classList.add("axe-unseen");
    }
    return unseen;
}"""
