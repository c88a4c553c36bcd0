"""What comes between in the middle of writing: an expired sign-in, a second tab, a closing, a browser without scripts."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from forums.models import Call
from submissions.models import Submission
from tests.factories import make_draft, make_organisation
from tests.journeys import acts

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "A sentence that took an hour to write. " * 20


@pytest.fixture
def her_draft(open_call, amina):
    organisation = make_organisation("Harbour Light", focal_point=amina)
    return make_draft(call=open_call, organisation=organisation, by=amina, at=now())


def writing(visitor, draft, **wishes):
    """A browser with the draft open on the edit page."""
    browser = visitor(**wishes).enter(draft.begun_by)
    browser.go(reverse("submissions:edit", args=[draft.pk]))
    return browser


def test_a_sign_in_that_expired_in_the_middle_of_a_long_text_loses_nothing(visitor, her_draft, amina):
    browser = writing(visitor, her_draft, scripts=False)
    page = browser.page
    browser.context.clear_cookies(name="sessionid")
    acts.text_of(page).fill(LONG)
    acts.press(page, "Save")
    acts.sign_in(browser, amina)
    expect(acts.text_of(page)).to_have_value(LONG)
    expect(page.get_by_text("Here is what you typed before you had to sign in again.")).to_be_visible()
    browser.picture("30-after-signing-in-again")
    acts.press(page, "Save")
    her_draft.refresh_from_db()
    assert her_draft.text == LONG.strip()


def test_with_scripts_the_page_itself_says_that_the_sign_in_expired_and_saves_after_it(visitor, her_draft, amina):
    browser = writing(visitor, her_draft)
    page = browser.page
    browser.context.clear_cookies(name="sessionid")
    acts.text_of(page).fill(LONG)
    expect(page.get_by_text("You are no longer signed in.")).to_be_visible(timeout=acts.PATIENT)
    browser.picture("31-signed-out")
    with browser.context.expect_page() as other:
        page.get_by_role("link", name="Sign in (opens another tab)").click()
    browser.page = other.value
    acts.sign_in(browser, amina)
    page.bring_to_front()
    acts.text_of(page).press_sequentially("!")
    acts.wait_until_saved(page)
    her_draft.refresh_from_db()
    assert her_draft.text.startswith(LONG.strip())


def test_the_parts_beside_a_draft_tell_what_is_done_without_loading_the_page_again(visitor, her_draft, tmp_path):
    type(her_draft).objects.update(text="")
    page = writing(visitor, her_draft).page
    parts = page.get_by_role("navigation", name="Parts of this input").locator(".meta")
    expect(parts).to_have_text(["done", "to do", "0"])
    expect(page.get_by_text("What you write is saved while you type")).to_be_visible()
    expect(page.get_by_text("Press Save to keep what you write")).to_be_hidden()
    acts.text_of(page).fill(LONG)
    expect(parts).to_have_text(["done", "done", "0"], timeout=acts.PATIENT)
    figures = tmp_path / "figures.txt"
    figures.write_text("Two hundred and twelve.")
    page.get_by_label("Add files").set_input_files(figures)
    expect(parts).to_have_text(["done", "done", "1"])


def test_two_tabs_never_overwrite_each_other(visitor, her_draft):
    browser = writing(visitor, her_draft, scripts=False)
    first, second = browser.page, browser.context.new_page()
    second.goto(first.url)
    acts.text_of(first).fill("Of the first tab.")
    acts.press(first, "Save")
    acts.text_of(second).fill("Of the second tab.")
    acts.press(second, "Save")
    texts = second.locator("fieldset", has_text="Text").locator("textarea")
    expect(texts).to_have_count(2)  # which waits for the page; all() looks at once
    expect(texts.first).to_have_value("Of the first tab.")
    expect(texts.last).to_have_value("Of the second tab.")
    browser.page = second
    browser.picture("32-conflict")
    acts.press(second, "Save what I chose")
    her_draft.refresh_from_db()
    assert her_draft.text == "Of the second tab."


def test_a_call_that_closes_while_somebody_writes_takes_no_input_and_keeps_the_text(visitor, her_draft):
    browser = writing(visitor, her_draft)
    page = browser.page
    acts.text_of(page).fill(LONG)
    acts.press(page, "Save and check your answers")
    Call.objects.update(closes_at=now() - timedelta(seconds=1))
    page.get_by_label(re.compile("I may speak for this organisation")).check()
    acts.press(page, "Send to the Network")
    expect(page.get_by_text(re.compile(r"closed on .+ \(UTC.*\), .+ before your input arrived"))).to_be_visible()
    browser.picture("33-closed")
    her_draft.refresh_from_db()
    assert (her_draft.status, her_draft.text) == ("draft", LONG.strip())
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as text").first.click()
    assert LONG.strip() in download.value.path().read_text()


def test_an_input_is_written_and_sent_without_any_script(visitor, open_call, amina, tmp_path):
    make_organisation("Harbour Light", focal_point=amina)
    browser = visitor(scripts=False).enter(amina)
    page = browser.page
    acts.begin_draft(browser, open_call)
    expect(page.get_by_text("Press Save to keep what you write")).to_be_visible()
    expect(page.get_by_text("What you write is saved while you type")).to_be_hidden()
    page.get_by_role("textbox", name="Title", exact=True).fill("Written without scripts")
    acts.press(page, "Save")
    page.get_by_label("Global", exact=True).check()
    page.locator("[name=objectives][value='7']").check()
    acts.text_of(page).fill(LONG)
    figures = tmp_path / "figures.txt"
    figures.write_text("Two hundred and twelve.")
    page.get_by_label("Add files").set_input_files(figures)
    acts.press(page, "Add the chosen files")
    expect(page.locator("[data-listed]")).to_contain_text("figures.txt")
    acts.press(page, "Save and check your answers")
    browser.picture("34-check-without-scripts")
    acts.send(browser)
    submission = Submission.objects.get(call=open_call)
    assert (submission.status, submission.text) == ("submitted", LONG.strip())
    expect(page.get_by_role("region", name="Receipt")).to_contain_text(submission.reference)
