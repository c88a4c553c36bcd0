"""axe finds nothing on any kind of page: in English and Arabic, wide and narrow, light and dark, opened and with errors.

Nor does any page scroll sideways in the narrowest window, or the browser complain of a script or of what the policy forbids.
"""

import pytest

from tests.browser import NARROW, NARROWEST, WIDE, Visitor, scrolls_sideways, violations
from tests.pages.every import DESK, EVERY, LANGUAGES, OUTSIDE, OWN, PUBLIC, WITH_SECOND_FACTOR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
OPEN_EVERYTHING = "document.querySelectorAll('details').forEach((one) => (one.open = true))"


@pytest.fixture(scope="module")
def window(chromium, portal):
    """The window of a language, light or dark, opened once: a new one for each page costs more than the page."""
    opened = {}

    def of(language, *, dark=False, width=WIDE):
        if (language, dark) not in opened:
            opened[language, dark] = Visitor(chromium, portal, language=language, dark=dark)
        browser = opened[language, dark]
        browser.context.clear_cookies()
        browser.complaints.clear()
        browser.at_width(width)
        return browser

    yield of
    for browser in opened.values():
        browser.context.close()


def looking_at(browser, page):
    """That browser with this page before it, and everything on it that opens opened."""
    address, who = page.at(browser.language)
    if who:
        browser.enter(who, second_factor=page in WITH_SECOND_FACTOR)
    answer = browser.go(address)
    assert (answer.status, browser.page.url) == (page.status, browser.portal + address)
    browser.page.evaluate("localStorage.clear()")
    if page not in DESK:  # there each lies over the others, so only one is open at a time
        browser.page.evaluate(OPEN_EVERYTHING)
    return browser


def assert_reachable(browser, **halves):
    """What axe itself does to the page is not the page's fault."""
    assert not browser.complaints
    found = violations(browser.page, **halves)
    browser.complaints.clear()
    assert not found, found


def assert_narrow(browser):
    browser.at_width(NARROWEST)  # a wide window at 400 percent
    assert not scrolls_sideways(browser.page)


@pytest.mark.parametrize("page", EVERY, ids=str)
def test_a_page_is_reachable_in_a_wide_window(window, page):
    browser = looking_at(window("en"), page)
    browser.picture(f"{page}-en-{WIDE}")
    assert_reachable(browser)
    assert_narrow(browser)


@pytest.mark.parametrize("page", EVERY, ids=str)
def test_a_page_is_reachable_from_right_to_left_in_a_narrow_window(window, page):
    browser = looking_at(window("ar", width=NARROW), page)
    browser.picture(f"{page}-ar-{NARROW}")
    assert_reachable(browser, colours=False)  # they are the same in every language, and take half of the time
    assert_narrow(browser)


@pytest.mark.parametrize("page", [*PUBLIC[:6], *PUBLIC[9:16], *OWN[9:14], *DESK[::3]], ids=str)
def test_a_page_is_reachable_in_the_dark(window, page):
    browser = looking_at(window("en", dark=True, width=NARROW), page)
    browser.picture(f"{page}-dark")
    assert_reachable(browser, else_too=False)


@pytest.mark.soak
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", EVERY, ids=str)
def test_a_page_is_reachable_in_every_way(window, page, language, width, dark):
    browser = looking_at(window(language, dark=dark, width=width), page)
    browser.picture(f"{page}-{language}-{width}{'-dark' * dark}")
    assert_reachable(browser)


FORMS = [page for page in (*OUTSIDE, *OWN) if str(page) in ("sign in", "sign up", "new organisation", "check, incomplete")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", FORMS, ids=str)
def test_a_form_that_was_refused_is_reachable(window, page, language):
    browser = looking_at(window(language), page)
    browser.page.evaluate("document.querySelectorAll('form').forEach((form) => (form.noValidate = true))")
    browser.page.locator("main form button").last.click()
    browser.page.locator("[aria-invalid=true], .note.stop").first.wait_for(state="attached")  # the answer may take its time
    browser.picture(f"{page}-refused-{language}")
    assert_reachable(browser)
    browser.at_width(NARROW)
    assert_reachable(browser, colours=False)


def test_control_axe_finds_what_is_wrong(visitor):
    """Planted faults are found: the tests above can fail."""
    page = visitor().page
    page.set_content("<html><body><img src='data:,'><input><p style='color:#aaa;background:#bbb'>pale</p></body></html>")
    found = violations(page)
    assert [rule for rule in ("image-alt", "label", "color-contrast", "html-has-lang") if rule not in found] == []
