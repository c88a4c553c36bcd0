"""The keys of the desk in a real browser: they move, tick and lead to buttons, decide nothing, are still while one types."""

import pytest
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from submissions.models import QueueChoice, Submission
from tests.factories import make_organisation, make_submission
from tests.journeys.acts import PATIENT

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE = "/admin/submissions/submission/"


@pytest.fixture
def two(open_call, amina):
    body = make_organisation("Harbour Light", focal_point=amina)
    return [make_submission(call=open_call, organisation=body, by=amina, at=now(), title=f"Input {n}") for n in (1, 2)]


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def sends(page):
    """On the page of letters the button that sends them has the focus."""
    expect(page.get_by_role("button", name="Carry out and send this letter")).to_be_focused(timeout=PATIENT)
    page.keyboard.press("Enter")


def at(page):
    return page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def status_of(submission):
    return Submission.objects.get(pk=submission.pk).status


def test_from_the_list_through_a_review_by_keys_alone(visitor, two, elena):
    browser = visitor().enter(elena, second_factor=True)
    page = browser.page
    browser.go(f"{QUEUE}?q=harbour")
    press(page, "j", "j", "k", "x")
    expect(page.locator("#result_list tr.here .action-select")).to_be_checked()
    press(page, "x", "j", "o")
    page.wait_for_url("**/change/**")
    first = Submission.objects.get(pk=page.url.split("/")[-3])
    press(page, "t")
    assert 'value="take_up"' in at(page)
    assert status_of(first) == "submitted"
    press(page, "Enter")
    expect(page.get_by_text("You review this input now.")).to_be_visible(timeout=PATIENT)
    press(page, *"12345678")
    expect(page.locator(".checks input:checked")).to_have_count(8)
    press(page, "3")
    expect(page.locator(".checks input:checked")).to_have_count(7)
    press(page, "3", "a")
    assert 'value="accept"' in at(page)
    press(page, "Enter")
    sends(page)
    expect(page.get_by_text("The input is accepted.")).to_be_visible(timeout=PATIENT)
    press(page, "u")
    assert 'value="publish"' in at(page)
    press(page, "Enter")
    sends(page)
    expect(page.get_by_text("The input is public now.")).to_be_visible(timeout=PATIENT)
    assert status_of(first) == "published"
    press(page, "p")
    page.wait_for_url(lambda url: str(first.pk) not in url)
    assert "_changelist_filters=q%3Dharbour" in page.url


def test_words_are_typed_as_words(visitor, two, elena):
    browser = visitor().enter(elena, second_factor=True)
    page = browser.page
    browser.go(QUEUE)
    press(page, "/")
    assert 'id="searchbar"' in at(page)
    page.keyboard.type("gwjx?n")
    assert page.locator("#searchbar").input_value() == "gwjx?n"
    assert page.url.endswith(QUEUE)
    browser.go(reverse("admin:submissions_submission_change", args=[two[0].pk]))
    press(page, "t", "Enter")
    expect(page.get_by_text("You review this input now.")).to_be_visible(timeout=PATIENT)
    press(page, "c")
    page.keyboard.type("Which 1 a g q?")
    assert page.locator("#id_ask-question").input_value() == "Which 1 a g q?"
    expect(page.locator(".checks input:checked")).to_have_count(0)
    assert status_of(two[0]) == "under_review"
    page.keyboard.press("Control+a")
    assert "/change/" in page.url  # it keeps the list that one walks


def test_help_and_the_places_of_the_desk(visitor, two, elena):
    browser = visitor().enter(elena, second_factor=True)
    page = browser.page
    browser.go(QUEUE)
    press(page, "?")
    page.wait_for_url("**/search-help/**")
    expect(page.get_by_role("heading", name="Keys of the keyboard")).to_be_visible(timeout=PATIENT)
    press(page, "g", "q")
    page.wait_for_url(f"**{QUEUE}")
    press(page, "g", "w")
    page.wait_for_url("**/admin/")


def test_switched_off_they_do_nothing(visitor, two, elena):
    QueueChoice.objects.create(user=elena, keys=False)
    browser = visitor().enter(elena, second_factor=True)
    page = browser.page
    browser.go(QUEUE)
    press(page, "j", "x", "?", "g", "w")
    page.wait_for_timeout(300)
    assert page.url.endswith(QUEUE)
    expect(page.locator("tr.here")).to_have_count(0)


def test_all_of_it_is_there_without_a_script(visitor, two, elena):
    browser = visitor(scripts=False).enter(elena, second_factor=True)
    page = browser.page
    browser.go(f"{QUEUE}columns/")
    page.get_by_label("Words", exact=True).check()
    page.get_by_role("button", name="Keep these columns").click()
    browser.go(QUEUE)
    expect(page.get_by_role("columnheader", name="words")).to_be_visible(timeout=PATIENT)
    page.get_by_role("link", name="Help with searching").click()
    page.get_by_role("link", name="status:review", exact=True).first.click()
    assert "q=status" in page.url
