"""Checking and sending through HTTP, and the receipt."""

import hashlib
import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from accreditation.models import Membership
from forums.models import Call, Letter
from forums.templatetags.moments import in_words
from submissions import operations
from submissions.forms import DraftForm
from submissions.models import Submission, Version
from submissions.receipts import fingerprint
from tests.factories import NOW, join, make_call, make_draft, make_organisation, make_submission, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
def speaking(client, amina):
    client.force_login(amina)
    return client


def check(draft):
    return reverse("submissions:check", args=[draft.pk])


def receipt(draft):
    return reverse("submissions:receipt", args=[draft.pk])


def send(client, draft, **answers):
    return client.post(check(draft), {"agreed": "on", "edition": draft.edition, **answers})


def status_of(draft):
    return Submission.objects.get(pk=draft.pk).status


def test_the_check_page_shows_every_answer_and_who_will_read_it(speaking, draft):
    operations.attach(draft, SimpleUploadedFile("annex.pdf", PDF), by=draft.begun_by, at=NOW)
    page = speaking.get(check(draft))
    text = page.content.decode()
    for part in (draft.title, draft.summary, draft.text, "14. Objective 14", "Kenya", "National", "English", "annex.pdf"):
        assert part in text
    assert {answer["name"]: answer["public"] for answer in page.context["answers"]} == {
        **dict.fromkeys(DraftForm.PUBLIC, True),
        "contact_email": False,
    }
    assert page.context["lacks"] == []


def test_the_check_page_shows_the_text_as_the_public_will_see_it(speaking, call, organisation, amina):
    draft = make_draft(call=call, organisation=organisation, by=amina, text="**bold**\n\n<script>alert(1)</script>")
    text = speaking.get(check(draft)).content.decode()
    assert "<strong>bold</strong>" in text
    assert "<script>alert" not in text


def test_what_is_missing_is_listed_with_the_way_to_its_question(speaking, call, organisation, amina):
    draft = operations.start(call=call, organisation=organisation, by=amina, at=now())
    page = speaking.get(check(draft))
    edit = reverse("submissions:edit", args=[draft.pk])
    assert {lack["name"]: lack["url"] for lack in page.context["lacks"]} == {
        name: f"{edit}#id_{name}" for name in ("title", "level", "language", "objectives", "text")
    }
    fields = speaking.get(edit).content.decode()
    assert [name for name in ("title", "level", "language", "objectives", "text") if f'id="id_{name}"' not in fields] == []


def test_sending_leads_to_the_receipt(speaking, draft, amina):
    answer = send(speaking, draft)
    version = Version.objects.get()
    assert (answer.status_code, answer.url) == (302, receipt(draft))
    assert (status_of(draft), version.sent_by) == ("submitted", amina)


def test_the_receipt_says_everything_it_promises(speaking, draft):
    operations.attach(draft, SimpleUploadedFile("annex.pdf", PDF), by=draft.begun_by, at=NOW)
    page = speaking.get(send(speaking, draft).url).content.decode()
    version = Version.objects.get()
    check_url = reverse("submissions:receipt_check", args=["IMRF-2026-I-00001"])
    for promise in (
        "IMRF-2026-I-00001",
        version.sha256,
        version.content["sent_at"],
        f"{version.sent_at:%M:%S}",
        "New York (UTC",
        "annex.pdf",
        hashlib.sha256(PDF).hexdigest(),
        f"{check_url}?sha256={version.sha256}",
    ):
        assert promise in page


def test_the_content_of_a_receipt_can_be_downloaded_and_hashed_by_anybody_who_has_it(speaking, draft):
    send(speaking, draft)
    answer = speaking.get(receipt(draft), {"format": "json"})
    assert hashlib.sha256(answer.content).hexdigest() == Version.objects.get().sha256


def test_pressing_twice_gives_one_input_and_one_receipt(speaking, draft):
    answers = [send(speaking, draft) for _ in range(3)]
    assert {answer.url for answer in answers} == {receipt(draft)}
    assert Version.objects.count() == 1
    assert draft.steps.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_send_at_once_get_the_same_receipt():
    amina = make_user()
    draft = make_draft(by=amina, organisation=make_organisation(focal_point=amina))
    start, answers = threading.Barrier(4), []

    def press():
        try:
            client = Client()
            client.force_login(amina)
            start.wait()
            answers.append(send(client, draft).url)
        finally:
            connection.close()

    tabs = [threading.Thread(target=press) for _ in range(4)]
    [tab.start() for tab in tabs]
    [tab.join() for tab in tabs]
    assert answers == [receipt(draft)] * 4
    assert (Version.objects.count(), draft.steps.count()) == (1, 1)


def test_without_the_declaration_nothing_is_sent(speaking, draft):
    answer = speaking.post(check(draft), {"edition": draft.edition})
    assert "Tick the declaration" in answer.content.decode()
    assert status_of(draft) == "draft"


def test_what_changed_after_it_was_checked_is_not_sent_unseen(speaking, draft, amina):
    changed = operations.revise(draft, by=amina, at=now(), edition=draft.edition, title="A colleague changed it")
    answer = send(speaking, draft)
    assert "was changed after you opened this page" in answer.content.decode()
    assert "A colleague changed it" in answer.content.decode()
    assert status_of(draft) == "draft"
    assert send(speaking, draft, edition=answer.context["form"]["edition"].value()).url == receipt(draft)
    assert Version.objects.get().content["title"] == changed.title


@pytest.mark.parametrize("edition", ["", "x", "9" * 5000])
def test_a_senseless_edition_sends_nothing(speaking, draft, edition):
    assert send(speaking, draft, edition=edition).status_code == 200
    assert status_of(draft) == "draft"


def test_an_incomplete_input_is_not_sent_and_says_why(speaking, call, organisation, amina):
    draft = make_draft(call=call, organisation=organisation, by=amina, objectives=[])
    answer = send(speaking, draft)
    assert "Choose at least one objective." in answer.content.decode()
    assert status_of(draft) == "draft"


def test_a_call_that_closed_while_writing_refuses_with_a_sentence_and_keeps_the_draft(speaking, draft):
    draft.call.closes_at = now() - timedelta(seconds=90)
    draft.call.save()
    answer = send(speaking, draft)
    text = answer.content.decode()
    assert answer.status_code == 200
    instant = in_words(draft.call.closes_at, draft.call.forum.zone)
    assert f"closed on {instant}, 1 minute and 3" in text
    assert "before your input arrived, so it was not sent" in text
    assert reverse("submissions:download", args=[draft.pk]) in text
    assert (status_of(draft), Version.objects.count()) == ("draft", 0)


def test_a_call_for_accredited_organisations_says_so(speaking, forum, organisation, amina):
    draft = make_draft(call=make_call(forum, audience=Call.Audience.ACCREDITED), organisation=organisation, by=amina)
    assert "takes inputs from Accredited organisations only" in send(speaking, draft).content.decode()
    assert status_of(draft) == "draft"


def test_nothing_is_sent_by_looking(speaking, draft):
    speaking.get(check(draft), {"agreed": "on", "edition": draft.edition})
    assert status_of(draft) == "draft"


def test_an_answered_question_gets_a_receipt_of_its_own_and_the_old_one_stays(speaking, organisation, amina):
    asked = make_submission(status="clarification_asked", organisation=organisation, by=amina)
    asked = Submission.objects.get(pk=asked.pk)
    send(speaking, asked)
    newest, first = speaking.get(receipt(asked)), speaking.get(receipt(asked), {"version": "1"})
    assert f"{asked.reference}/Rev.1" in newest.content.decode()
    assert first.context["version"].number == 1
    assert first.context["version"].sha256 == fingerprint(first.context["version"].content)


@pytest.mark.parametrize("version", ["0", "3", "x", "9" * 5000, "1 OR 1=1"])
def test_a_receipt_that_was_never_given_does_not_exist(speaking, draft, version):
    send(speaking, draft)
    assert speaking.get(receipt(draft), {"version": version}).status_code == 404


def test_a_draft_has_no_receipt(speaking, draft):
    assert speaking.get(receipt(draft)).status_code == 404


@pytest.mark.parametrize("role", Membership.Role.values)
def test_only_those_who_speak_for_the_organisation_send(client, draft, role):
    person = make_user()
    join(draft.organisation, person, role)
    client.force_login(person)
    shown, sent = client.get(check(draft)), send(client, draft)
    assert (shown.status_code, sent.status_code) == {
        "focal_point": (200, 302),
        "alternate": (200, 302),
        "drafter": (200, 404),
        "viewer": (404, 404),
    }[role]
    assert (status_of(draft) == "submitted") is (role in ("focal_point", "alternate"))


def test_a_drafter_is_told_who_can_send(client, draft):
    drafter = make_user()
    join(draft.organisation, drafter, "drafter")
    client.force_login(drafter)
    page = client.get(check(draft)).content.decode()
    assert "Only a focal point or an alternate of your organisation can send this" in page
    assert 'name="agreed"' not in page


def test_the_receipt_needs_neither_letters_nor_workers(speaking, draft, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = send(speaking, draft)
    assert speaking.get(answer.url).status_code == 200
    assert Letter.objects.count() == 0
    assert draft.steps.pending().count() == 1


def test_the_sending_request_takes_eight_statements(speaking, draft, count_statements):
    """Session, person, input with the right to send it; then the five of the operation."""
    answers = []
    assert count_statements(lambda: answers.append(send(speaking, draft))) == 8
    assert answers[0].status_code == 302
