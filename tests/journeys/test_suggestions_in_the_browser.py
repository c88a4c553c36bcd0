"""Suggestions of a search box in a browser: chosen by keys and by mouse, reachable while open, and the box needs none."""

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from accreditation.models import OrganisationName
from tests.browser import NARROW, violations
from tests.factories import make_organisation, make_published

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def alliances(open_call):
    """Two public organisations whose names begin alike."""
    bodies = [make_organisation(name) for name in ("Harbour Alliance", "Harbour Light")]
    for body in bodies:
        OrganisationName.objects.follow(body)
        make_published(organisation=body, call=open_call, at=now())
    return bodies


def test_a_suggestion_is_chosen_by_keys_and_the_open_list_is_reachable(visitor, alliances):
    browser = visitor(language="ar", width=NARROW)
    page = browser.page
    browser.go("/ar/inputs/")
    box = page.get_by_role("combobox").first
    box.press_sequentially("harb")
    expect(page.get_by_role("option")).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Harbour Light")
    assert box.get_attribute("aria-activedescendant") == page.get_by_role("option", selected=True).get_attribute("id")
    assert not violations(page)
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.input_value() == "harb"
    box.press("ArrowDown")
    expect(page.get_by_role("option")).to_have_count(2)
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(f"**/ar/organisations/{alliances[0].slug}/")


def test_a_suggestion_is_chosen_by_mouse_and_enter_alone_searches(visitor, alliances):
    browser = visitor()
    page = browser.page
    browser.go("/en/")
    page.get_by_role("combobox").first.press_sequentially("keny")
    page.get_by_role("option", name="Kenya").click()
    page.wait_for_url("**/en/inputs/?country=KEN")
    page.get_by_role("combobox").first.fill("consular")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/inputs/?q=consular**")


def test_without_scripts_the_box_searches_as_before(visitor, alliances):
    browser = visitor(scripts=False)
    browser.go("/en/inputs/")
    browser.page.get_by_role("searchbox").first.fill("harbour")
    browser.page.keyboard.press("Enter")
    browser.page.wait_for_url("**/en/inputs/?q=harbour")
    expect(browser.page.get_by_role("main")).to_contain_text("Harbour Light")
