"""Second thoughts: what was sent is changed while its call is open, withdrawn, and brought back, by clicking only."""

import pytest
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from submissions import operations
from submissions.models import Submission
from tests.factories import make_draft, make_organisation
from tests.journeys import acts
from tests.pages.turns import one_in_turn

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sent(open_call, amina):
    organisation = make_organisation("Harbour Light", focal_point=amina)
    draft = make_draft(call=open_call, organisation=organisation, by=amina, at=now())
    operations.submit(draft, by=amina)
    draft.refresh_from_db()
    return draft


def test_a_change_gets_a_receipt_of_its_own_and_what_was_withdrawn_comes_back(visitor, sent, amina):
    browser = visitor().enter(amina)
    page = browser.page
    browser.go(reverse("submissions:my_input", args=[sent.pk]))
    browser.picture("50-sent-and-open")
    acts.press(page, "Change what was sent")
    expect(page.get_by_text("What was sent stands until the change is sent.")).to_be_visible()
    page.locator("[name=title]").fill("Consular help for all seasonal workers")
    browser.picture("51-changing")
    acts.press(page, "Save and check your answers")
    page.locator("[name=agreed]").check()
    browser.picture("52-check-the-change")
    acts.press(page, "Send to the Network")
    expect(page.get_by_text(f"{sent.reference}/Rev.1").first).to_be_visible()
    browser.picture("53-receipt-of-the-change")
    acts.press(page, "Make the PDF")
    expect(page.get_by_text("The receipt is being printed.")).to_be_visible()
    browser.picture("54-being-printed")
    page.goto(reverse("submissions:withdraw", args=[sent.pk]))
    acts.press(page, "Withdraw it")
    browser.picture("55-withdrawn")
    acts.press(page, "Reinstate it")
    expect(page.get_by_text("The input is reinstated; the desk reads it again.")).to_be_visible()
    browser.picture("56-reinstated")
    kept = Submission.objects.get(pk=sent.pk)
    assert (kept.status, kept.title) == ("submitted", "Consular help for all seasonal workers")


@pytest.mark.parametrize("language", one_in_turn(["en", "ar"], "offer"))
def test_the_offer_to_change_fits_a_narrow_window(visitor, sent, amina, language):
    browser = visitor(language=language, width=360).enter(amina)
    browser.go(reverse("submissions:my_input", args=[sent.pk]).replace("/en/", f"/{language}/"))
    assert browser.page.evaluate("document.documentElement.scrollWidth") <= 360
    browser.picture(f"57-narrow-{language}")
    browser.go(reverse("submissions:receipt", args=[sent.pk]).replace("/en/", f"/{language}/"))
    assert browser.page.evaluate("document.documentElement.scrollWidth") <= 360
    browser.picture(f"58-narrow-receipt-{language}")
