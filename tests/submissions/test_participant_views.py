"""The author's list, one input with its history, taking it back; and who sees any of it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accreditation.models import Membership
from submissions import operations
from submissions.models import PublishedInput, Submission
from tests.factories import NOW, join, make_draft, make_organisation, make_submission, make_user
from tests.tampering import reworded

pytestmark = pytest.mark.django_db
STATUSES = Submission.Status.values


@pytest.fixture
def speaking(client, amina):
    client.force_login(amina)
    return client


def page_of(submission):
    return reverse("submissions:my_input", args=[submission.pk])


def sent(organisation, by, status="submitted", **fields):
    return Submission.objects.get(pk=make_submission(status=status, organisation=organisation, by=by, **fields).pk)


# Who sees what ----------------------------------------------------------------------------------------------------

# Every page of an input by role: 200, or 404 exactly as for an input that does not exist; a suspended account is signed out.
READS = {"focal_point": True, "alternate": True, "drafter": True, "viewer": True}
WRITES = READS | {"viewer": False}
SPEAKS = WRITES | {"drafter": False}
DOORS = {"my_input": READS, "download": READS, "edit": WRITES, "check": WRITES, "discard": SPEAKS}
SHADES = [*Membership.Role.values, "former", "waiting", "turned down", "stranger", "reviewer", "suspended"]


def person_in(shade, organisation):
    person = make_user(staff=shade == "reviewer", roles=["reviewer"] if shade == "reviewer" else [])
    if shade in Membership.Role.values:
        join(organisation, person, shade)
    if shade == "former":
        join(organisation, person, until=NOW)
    if shade == "waiting":
        join(organisation, person, since=None)
    if shade == "turned down":
        join(organisation, person, since=None, until=NOW)
    if shade == "suspended":
        join(organisation, person)
    return person


def answers_by_shade(url, organisation):
    """The status that each shade of person gets at an address."""
    answers = {}
    for shade in SHADES:
        person, client = person_in(shade, organisation), Client()
        client.force_login(person)
        if shade == "suspended":
            type(person).objects.filter(pk=person.pk).update(is_active=False)
        answers[shade] = client.get(url).status_code
    return answers


def expected(allowed):
    return {shade: 302 if shade == "suspended" else 200 if allowed.get(shade) else 404 for shade in SHADES}


@pytest.mark.parametrize("door", DOORS)
def test_who_opens_which_page_of_a_draft(draft, door):
    url = reverse(f"submissions:{door}", args=[draft.pk])
    assert answers_by_shade(url, draft.organisation) == expected(DOORS[door])


@pytest.mark.parametrize(("door", "allowed"), [("my_input", READS), ("receipt", READS), ("withdraw", SPEAKS)])
def test_who_opens_which_page_of_an_input_that_was_sent(organisation, amina, door, allowed):
    url = reverse(f"submissions:{door}", args=[sent(organisation, amina).pk])
    assert answers_by_shade(url, organisation) == expected(allowed)


def test_an_input_of_others_answers_exactly_as_one_that_does_not_exist(speaking, other_organisation, bruno, call):
    theirs = make_draft(call=call, organisation=other_organisation, by=bruno)
    nowhere = Submission(pk="00000000-0000-4000-8000-000000000000")
    answers = [speaking.get(page_of(one)) for one in (theirs, nowhere)]
    assert [answer.status_code for answer in answers] == [404, 404]
    bodies = [re.sub(r"[0-9a-f-]{36}|token\" value=\"[^\"]+", "", answer.content.decode()) for answer in answers]
    assert bodies[0] == bodies[1]
    kept = [{name: value for name, value in answer.headers.items() if name != "X-Request-ID"} for answer in answers]
    assert kept[0].keys() == kept[1].keys()


# One input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_its_page(speaking, organisation, amina, status):
    submission = sent(organisation, amina, status)
    page = speaking.get(page_of(submission))
    assert page.status_code == 200
    assert submission.get_status_display() in page.content.decode()


def test_who_reviewed_is_never_said(speaking, organisation, amina):
    ravi = make_user("ravi-the-reviewer", staff=True)
    submission = sent(organisation, amina, "published", reviewer=ravi)
    operations.add_note(submission, by=ravi, at=NOW, text="Internal remark.")
    page = speaking.get(page_of(submission))
    text = page.content.decode()
    assert "ravi" not in text.lower()
    assert "Internal remark." not in text
    assert [str(step["by"] or "the Network") for step in page.context["steps"]] == ["Amina"] + ["the Network"] * 3


def test_a_reviewer_who_later_joins_the_organisation_stays_unnamed(speaking, organisation, amina):
    ravi = make_user("ravi-the-reviewer", staff=True)
    submission = sent(organisation, amina, "accepted", reviewer=ravi)
    join(organisation, ravi)
    assert "Ravi-The-Reviewer" not in speaking.get(page_of(submission)).content.decode()


def test_questions_and_reasons_addressed_to_the_author_are_shown_and_other_notes_are_not(speaking, organisation, amina):
    ravi = make_user(staff=True)
    submission = sent(organisation, amina, "under_review", reviewer=ravi)
    operations.ask_for_clarification(submission, by=ravi, at=NOW, question="Which year?")
    operations.submit(submission, by=amina)
    submission = Submission.objects.get()
    operations.take_up(submission, by=ravi, at=NOW)
    reworded(Submission.objects.get().steps.filter(became="under_review"), note="For the desk only.")
    text = speaking.get(page_of(submission)).content.decode()
    assert "Which year?" in text
    assert "For the desk only." not in text


def test_an_input_that_was_taken_down_says_so_and_why(speaking, organisation, amina):
    submission = sent(organisation, amina, "published")
    operations.take_down(submission, by=make_user(staff=True), at=NOW, reason="Names a person.")
    page = speaking.get(page_of(submission))
    assert (page.context["steps"][-1]["word"], page.context["steps"][-1]["note"]) == (
        "No longer published",
        "Names a person.",
    )


def test_what_people_wrote_carries_its_language_and_direction(speaking, organisation, amina):
    submission = sent(organisation, amina, title="خدمة قنصلية", language="ar")
    assert '<span lang="ar" dir="rtl">خدمة قنصلية</span>' in speaking.get(page_of(submission)).content.decode()


# Taking back ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", STATUSES)
def test_an_input_is_withdrawn_where_its_status_allows_it(speaking, organisation, amina, status):
    submission = sent(organisation, amina, status)
    answer = speaking.post(reverse("submissions:withdraw", args=[submission.pk]), {"reason": "Sent by mistake."})
    became = Submission.objects.get().status
    possible = status in ("submitted", "under_review", "clarification_asked", "accepted", "published")
    assert answer.url == page_of(submission)
    assert became == ("withdrawn" if possible else status)


def test_withdrawing_leaves_a_tombstone_of_what_was_public_and_keeps_the_reason_private(speaking, organisation, amina):
    submission = sent(organisation, amina, "published")
    speaking.post(reverse("submissions:withdraw", args=[submission.pk]), {"reason": "Private matter."})
    tombstone = PublishedInput.objects.get()
    assert (tombstone.title, tombstone.taken_down_because) == ("", "Withdrawn by its author.")
    assert "Private matter." in speaking.get(page_of(submission)).content.decode()


def test_withdrawing_asks_first(speaking, organisation, amina):
    submission = sent(organisation, amina)
    page = speaking.get(reverse("submissions:withdraw", args=[submission.pk])).content.decode()
    assert "Withdraw this input?" in page
    assert Submission.objects.get().status == "submitted"


def test_an_over_long_reason_is_given_back(speaking, organisation, amina):
    submission = sent(organisation, amina)
    answer = speaking.post(reverse("submissions:withdraw", args=[submission.pk]), {"reason": "why " * 500})
    assert answer.context["form"]["reason"].value().startswith("why why")
    assert Submission.objects.get().status == "submitted"


def test_a_draft_is_discarded_with_its_files_after_a_question(speaking, draft):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = operations.attach(draft, SimpleUploadedFile("a.csv", b"a,b\n"), by=draft.begun_by, at=NOW)
    url = reverse("submissions:discard", args=[draft.pk])
    assert "Discard this draft?" in speaking.get(url).content.decode()
    assert Submission.objects.exists()
    assert speaking.post(url).url == reverse("submissions:my_inputs")
    assert not Submission.objects.exists()
    assert Path(settings.MEDIA_ROOT, file.file.name).exists() is True  # the bytes go with the commit


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "draft"])
def test_what_was_sent_cannot_be_discarded(speaking, organisation, amina, status):
    submission = sent(organisation, amina, status)
    assert speaking.post(reverse("submissions:discard", args=[submission.pk])).status_code == 404
    assert Submission.objects.exists()


# The list ---------------------------------------------------------------------------------------------------------


def listed(client, **query):
    page = client.get(reverse("submissions:my_inputs"), query)
    return [submission.pk for submission in page.context["page"]]


def test_the_list_holds_the_inputs_of_ones_organisations_and_no_others(
    speaking, organisation, other_organisation, amina, bruno
):
    mine = [sent(organisation, amina).pk, make_draft(organisation=organisation, by=amina).pk]
    sent(other_organisation, bruno)
    assert set(listed(speaking)) == set(mine)


def test_the_list_can_be_narrowed_by_status_and_organisation(speaking, organisation, amina):
    second = make_organisation(focal_point=amina)
    draft, submitted = make_draft(organisation=organisation, by=amina), sent(second, amina)
    assert listed(speaking, status="draft") == [draft.pk]
    assert listed(speaking, organisation=second.slug) == [submitted.pk]


@pytest.mark.parametrize("query", [{"status": "x"}, {"page": "x"}, {"page": "99999999999999999999"}, {"page": "-1"}])
def test_senseless_filters_are_left_aside(speaking, draft, query):
    assert listed(speaking, **query) == [draft.pk]


def statements(client, url):
    with CaptureQueriesContext(
        connection,
    ) as run:
        assert client.get(url).status_code == 200
    return len(run)


@pytest.mark.parametrize("name", ["submissions:my_inputs", "my"])
def test_a_list_costs_the_same_with_one_row_and_with_thirty(speaking, organisation, amina, call, name):
    sent(organisation, amina, call=call)
    make_draft(call=call, organisation=organisation, by=amina)
    few = statements(speaking, reverse(name))
    for _ in range(15):
        sent(organisation, amina, call=call)
        make_draft(call=call, organisation=organisation, by=amina)
    assert statements(speaking, reverse(name)) == few


def test_a_history_costs_the_same_with_few_steps_and_with_many(speaking, organisation, amina):
    submission, ravi = sent(organisation, amina), make_user(staff=True)
    few = statements(speaking, page_of(submission))
    for _ in range(3):
        operations.take_up(submission, by=ravi, at=NOW)
        operations.ask_for_clarification(submission, by=ravi, at=NOW, question="?")
        operations.submit(submission, by=amina)
        submission = Submission.objects.get()
    assert statements(speaking, page_of(submission)) == few
