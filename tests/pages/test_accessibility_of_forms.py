"""Forms that were refused, pages in the dark, and every page in every way; and axe can find what it is asked for.

The other files of accessibility look at each kind of page once in English and once in Arabic.
"""

from urllib.parse import quote

import pytest

from tests.browser import NARROW, WIDE, violations
from tests.pages.every import DESK, EVERY, LANGUAGES, OUTSIDE, OWN, PUBLIC
from tests.pages.reachable import assert_narrow, assert_new_colours, assert_reachable, looking_at
from tests.pages.turns import due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
FORMS = [page for page in (*OUTSIDE, *OWN) if str(page) in ("sign in", "sign up", "new organisation", "check, incomplete")]


@pytest.mark.parametrize("page", due([*PUBLIC, *OWN, *DESK], 24), ids=str)
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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", FORMS, ids=str)
def test_a_form_that_was_refused_is_reachable(window, page, language):
    browser = looking_at(window(language), page)
    browser.page.evaluate("document.querySelectorAll('form').forEach((form) => (form.noValidate = true))")
    browser.page.locator("main form button").last.click()
    browser.page.locator("[aria-invalid=true], .note.stop").first.wait_for(state="attached")  # the answer may take its time
    browser.picture(f"{page}-refused-{language}")
    assert_reachable(browser)
    assert_narrow(browser)
    assert_reachable(browser, colours=False)


def test_control_axe_finds_what_is_wrong(visitor):
    """Planted faults are found: the tests above can fail."""
    page = visitor().page
    page.set_content(FAULTY)
    found = violations(page)
    assert [rule for rule in ("image-alt", "label", "color-contrast", "html-has-lang") if rule not in found] == []


def test_control_a_window_that_brings_axe_along_finds_the_same(window):
    browser = showing(window, FAULTY)
    assert violations(browser.page, colours=False).count("label (") == 1
    with pytest.raises(AssertionError, match=r"^color-contrast \(serious\): <p style="):
        assert_new_colours(browser)


def test_control_colours_that_were_judged_are_not_judged_again_and_others_are(window):
    assert_new_colours(showing(window, "<html><body><p>dark</p></body></html>"))
    judged = set(window("en").colours)
    assert_new_colours(showing(window, "<html><body><main><p>dark</p></main></body></html>"))
    assert window("en").colours == judged
    with pytest.raises(AssertionError, match="color-contrast"):
        assert_new_colours(showing(window, "<html><body style='background:#444'><p>dark</p></body></html>"))


def showing(window, html):
    browser = window("en").seen_by(None)
    browser.page.goto(f"data:text/html,{quote(html)}")
    return browser


FAULTY = "<html><body><img src='data:,'><input><p style='color:#aaa;background:#bbb'>pale</p></body></html>"
