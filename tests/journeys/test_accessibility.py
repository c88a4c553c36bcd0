"""axe finds nothing on any kind of page: in English and Arabic, wide and narrow, light and dark, opened and with errors.

Nor does any page scroll sideways in the narrowest window, or the browser complain of a script or of what the policy forbids.
"""

import pytest

from tests.browser import NARROW, NARROWEST, WIDE, scrolls_sideways, violations
from tests.journeys.pages import DESK, EVERY, LANGUAGES, OUTSIDE, OWN, PUBLIC, WITH_SECOND_FACTOR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
OPEN_EVERYTHING = "document.querySelectorAll('details').forEach((one) => (one.open = true))"


def looking_at(visitor, page, language, **wishes):
    """A browser that has this page before it."""
    address, who = page.at(language)
    browser = visitor(language=language, **wishes)
    if who:
        browser.enter(who, second_factor=page in WITH_SECOND_FACTOR)
    answer = browser.go(address)
    assert (answer.status, browser.page.url) == (page.status, browser.portal + address)
    if page not in DESK:  # there each lies over the others, so only one is open at a time
        browser.page.evaluate(OPEN_EVERYTHING)
    return browser


def assert_reachable(browser, **halves):
    """What axe itself does to the page is not the page's fault."""
    assert not browser.complaints
    found = violations(browser.page, **halves)
    browser.complaints.clear()
    assert not found, found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", EVERY, ids=str)
def test_a_page_is_reachable_wide_and_narrow(visitor, page, language):
    browser = looking_at(visitor, page, language)
    browser.picture(f"{page}-{language}-{WIDE}")
    assert_reachable(browser, colours=language == "en")  # they are the same in Arabic, and take half of the time
    browser.at_width(NARROW)
    browser.picture(f"{page}-{language}-{NARROW}")
    assert_reachable(browser, colours=False)
    browser.at_width(NARROWEST)  # a wide window at 400 percent
    assert not scrolls_sideways(browser.page)


@pytest.mark.parametrize("page", [*PUBLIC[:6], *PUBLIC[9:16], *OWN[9:14], *DESK], ids=str)
def test_a_page_is_reachable_in_the_dark(visitor, page):
    browser = looking_at(visitor, page, "en", dark=True, width=NARROW)
    browser.picture(f"{page}-dark")
    assert_reachable(browser, else_too=False)


FORMS = [page for page in (*OUTSIDE, *OWN) if str(page) in ("sign in", "sign up", "new organisation", "check, incomplete")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", FORMS, ids=str)
def test_a_form_that_was_refused_is_reachable(visitor, page, language):
    browser = looking_at(visitor, page, language)
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
