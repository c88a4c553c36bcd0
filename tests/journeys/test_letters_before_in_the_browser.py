"""The page between a press and its letters in a real browser: what is shown, keys, no fault of access, no page too wide."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from submissions.models import Redaction
from tests.accreditation.participation import asked, make_participant, make_speaking_session, staged
from tests.browser import scrolls_sideways, violations
from tests.factories import make_call, make_organisation, make_submission, make_user
from tests.journeys.acts import PATIENT
from tests.pages.turns import one_in_turn

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = [("en", 1280), ("ar", 360)]


def fits(page):
    """Nothing stands beyond the side of the page, and axe finds no fault."""
    assert (scrolls_sideways(page), violations(page)) == ("", "")


@pytest.fixture
def session(open_call):
    """Four that wait for their answers, in English, Arabic and Chinese; of one nobody can be written to."""
    officer = make_user(staff=True, roles=["accreditation"])
    eve = open_call.forum.first_day - timedelta(days=1)  # the hearing is held then
    window = {"opens_at": open_call.opens_at, "closes_at": open_call.closes_at}
    make_call(open_call.forum, purpose="speaking", name="Speaking", **window)
    session = make_speaking_session(open_call.forum, day=eve.isoformat())
    for number, (language, choice) in enumerate([("en", "chosen"), ("ar", "chosen"), ("zh-hans", "not_chosen")]):
        speaker = make_user(language=language)
        staged(
            asked(session, make_participant(open_call.forum, name=f"Body {number}", by=speaker), at=now()), choice, officer
        )
    silent = make_user()
    staged(asked(session, make_participant(open_call.forum, name="Silent Body", by=silent), at=now()), "not_chosen", officer)
    silent.is_active = False
    silent.save()
    return session


@pytest.mark.parametrize(("language", "width"), one_in_turn(SIZES, "release"))
def test_the_letters_of_a_release_are_looked_at_and_sent(visitor, session, language, width):
    chooser = make_user(staff=True, roles=["accreditation"], language=language)
    browser = visitor(language=language, width=width).enter(chooser, second_factor=True)
    page = browser.page
    browser.go(reverse("admin:accreditation_speakingrequest_release", args=[session.pk]))
    page.locator(".decision-side button.button").click()
    expect(page.locator('button[value="send"]')).to_be_focused(timeout=PATIENT)
    expect(page.locator("#letters ~ details")).to_have_count(3)
    expect(page.get_by_text("Silent Body")).to_be_visible()
    browser.picture(f"letters-of-a-release-{language}")
    fits(page)
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible(timeout=PATIENT)


@pytest.mark.parametrize(("language", "width"), one_in_turn(SIZES, "redaction"))
def test_the_letter_of_a_redaction_is_looked_at_and_worded_anew(visitor, open_call, amina, language, width):
    amina.language = language
    amina.save()
    body = make_organisation("Harbour Light", focal_point=amina)
    public = make_submission(
        call=open_call, organisation=body, by=amina, at=now(), status="published", text="One, Zuleikha, waited."
    )
    editor = make_user(staff=True, roles=["editor"], language=language)
    browser = visitor(language=language, width=width).enter(editor, second_factor=True)
    page = browser.page
    browser.go(reverse("admin:submissions_submission_redactions", args=[public.pk]))
    page.locator("#id_redact-passage").fill("Zuleikha")
    page.locator("#id_redact-reason").fill("She did not agree to be named.")
    page.locator('button[value="redact"]').click()
    expect(page.locator('button[value="send"]')).to_be_focused(timeout=PATIENT)
    page.locator("section.card details summary").first.click()
    browser.picture(f"letters-of-a-redaction-{language}")
    fits(page)
    page.locator("#subject-1").fill("About one name")
    page.locator('button[value="words"]').click()
    expect(page.locator(".messagelist .success")).to_be_visible(timeout=PATIENT)
    assert Redaction.objects.count() == 1
