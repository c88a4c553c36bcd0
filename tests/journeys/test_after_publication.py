"""After publication: a correction is proposed, decided and shown with what changed; how the pages of it look."""

import re
from contextlib import suppress

import pytest
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import Error, expect

from submissions import operations
from submissions.models import Proposal, Submission
from tests.browser import committed
from tests.factories import make_organisation, make_proposal, make_submission
from tests.journeys import acts
from tests.pages.turns import one_in_turn

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "\n\n".join(["Nine missions now answer.", *(f"Paragraph {n} stays as it is." for n in range(6)), "It ends here."])


@pytest.fixture
def published(open_call, amina):
    organisation = make_organisation("Harbour Light", focal_point=amina)
    return make_submission(call=open_call, organisation=organisation, by=amina, at=now(), status="published", text=TEXT)


def test_a_correction_goes_from_its_author_over_the_desk_to_the_public(visitor, published, amina, elena):
    browser = visitor().enter(amina)
    page = browser.page
    browser.go(reverse("submissions:my_input", args=[published.pk]))
    browser.picture("70-published-of-ones-own")
    acts.follow(page, "Correct what is published")
    page.locator("[name=reason]").fill("It is ten missions.")
    browser.picture("71-correct")
    acts.press(page, "Begin the correction")
    acts.text_of(page).fill(TEXT.replace("Nine", "Ten"))
    browser.picture("72-writing-the-correction")
    acts.press(page, "Save and check your answers")
    acts.send(browser)
    expect(page.get_by_text(f"{published.reference}/Corr.1").first).to_be_visible()
    browser.go(reverse("submissions:my_differences", args=[published.pk]) + "?view=side")
    browser.picture("73-side-by-side")
    committed(operations.approve, Proposal.objects.get(), by=elena, at=now())
    browser.go(reverse("submissions:input", args=[published.reference]))
    expect(page.get_by_text("Ten missions now answer.")).to_be_visible()
    browser.picture("74-corrected")
    acts.follow(page, "See what was corrected")
    expect(page.locator("del", has_text="Nine")).to_be_visible()
    browser.picture("75-what-was-corrected")


def test_the_desk_looks_at_what_differs(visitor, published, elena):
    proposal = make_proposal(published, at=now(), text=TEXT.replace("Nine", "Ten"))
    browser = visitor()
    acts.enter_desk(browser, elena)
    browser.go(reverse("admin:submissions_proposal_change", args=[proposal.pk]))
    expect(browser.page.locator("del", has_text="Nine")).to_be_visible()
    browser.picture("76-desk-decides")
    panel = browser.page.locator("details", has=browser.page.locator("summary", has_text="Approve"))
    panel.locator("summary").click()
    panel.get_by_role("button", name="Approve").click()
    browser.picture("77-letters-of-the-approval")
    acts.let_letters_go(browser.page)
    expect(browser.page.get_by_text("It is approved")).to_be_visible()
    assert Proposal.objects.get().status == "approved"


@pytest.mark.parametrize("language", one_in_turn(["en", "ar"], "narrow"))
def test_the_pages_fit_a_narrow_window(visitor, published, amina, elena, language):
    operations.approve(make_proposal(published, at=now(), text=TEXT.replace("Nine", "Ten")), by=elena, at=now())
    kept = Submission.objects.get(pk=published.pk)
    operations.approve(make_proposal(kept, "addition", at=now()), by=elena, at=now())
    browser = visitor(language=language, width=360).enter(amina)
    pages = {
        "input": reverse("submissions:input", args=[kept.reference]),
        "differences": reverse("submissions:differences", args=[kept.reference]),
        "side": reverse("submissions:my_differences", args=[kept.pk]) + "?from=1&to=2&view=side",
        "own": reverse("submissions:my_input", args=[kept.pk]),
        "together": reverse("submissions:writing_together", args=[kept.pk]),
    }
    for name, address in pages.items():
        browser.go(address.replace("/en/", f"/{language}/"))
        assert browser.page.evaluate("document.documentElement.scrollWidth") <= 360, name
        browser.picture(f"77-narrow-{name}-{language}")


def test_leaving_a_field_saves_at_once_and_a_page_that_dies_loses_nothing(visitor, open_call, amina):
    organisation = make_organisation("Harbour Light", focal_point=amina)
    draft = make_submission(call=open_call, organisation=organisation, by=amina, at=now(), status="draft")
    browser = visitor().enter(amina)
    page = browser.page
    browser.go(reverse("submissions:edit", args=[draft.pk]))
    page.get_by_role("textbox", name="Title", exact=True).fill("Typed and left")
    with page.expect_response(re.compile("autosave"), timeout=2500):  # sooner than any pause in typing would save it
        page.get_by_role("textbox", name="Title", exact=True).blur()
    expect(page.locator("[data-saved]").first).to_have_text(re.compile(r"^Saved \d\d:\d\d:\d\d"), timeout=acts.PATIENT)
    assert Submission.objects.get(pk=draft.pk).title == "Typed and left"
    acts.text_of(page).press_sequentially("Typed before the crash. ")
    with suppress(Error):
        page.goto("chrome://crash")
    other = browser.context.new_page()
    other.goto(reverse("submissions:edit", args=[draft.pk]))
    saved = "Typed before the crash." in Submission.objects.get(pk=draft.pk).text
    assert saved or other.get_by_role("alert").first.is_visible()
    browser.page = other
    browser.picture("80-after-a-crash")


def test_writing_together_is_looked_at(visitor, published, open_call, amina):
    draft = make_submission(call=open_call, organisation=published.organisation, by=amina, at=now(), status="draft")
    draft = operations.revise(draft, by=amina, at=now(), edition=draft.edition, text=TEXT.replace("Nine", "Ten"))
    operations.leave_note(draft, by=amina, at=now(), text="Could you check the figures?", part="text")
    browser = visitor().enter(amina)
    browser.go(reverse("submissions:writing_together", args=[draft.pk]) + f"?change={draft.changes.last().pk}")
    browser.picture("78-writing-together")
    browser.go(reverse("submissions:edit", args=[draft.pk]))
    browser.picture("79-edit-with-who-changed-what")
