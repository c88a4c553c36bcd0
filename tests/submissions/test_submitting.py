import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forums.models import Call
from forums.refusals import Closed, Refused
from submissions import operations
from submissions.models import Submission, Version
from submissions.operations.submitting import missing
from submissions.receipts import fingerprint
from tests.factories import (
    CLOSES,
    NOW,
    WINDOWS,
    make_call,
    make_draft,
    make_organisation,
    make_standing,
    make_submission,
    make_user,
)
from tests.submissions.test_joining import agree

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)


@pytest.fixture
def closing(forum):
    return make_call(forum, window="open")


def test_a_sent_input_has_a_reference_a_version_and_a_step(draft, amina):
    version = operations.submit(draft, by=amina, at=NOW)
    submission = Submission.objects.get(pk=draft.pk)
    assert (submission.reference, submission.status, submission.received_at) == ("IMRF-2026-I-00001", "submitted", NOW)
    assert version.sha256 == fingerprint(version.content)
    assert [(s.was, s.became, s.by) for s in submission.steps.all()] == [("draft", "submitted", amina)]


def test_references_count_up_without_gaps_per_forum(call, amina, organisation):
    sent = [operations.submit(make_draft(call=call, organisation=organisation, by=amina), by=amina) for _ in range(3)]
    assert [version.content["reference"] for version in sent] == [f"IMRF-2026-I-0000{n}" for n in (1, 2, 3)]


def test_an_input_sent_in_the_last_microsecond_is_taken(closing, amina):
    draft = make_draft(call=closing, organisation=make_organisation(focal_point=amina), by=amina)
    assert operations.submit(draft, by=amina, at=CLOSES - TICK).number == 1


def test_an_input_sent_at_the_closing_moment_is_refused_and_kept(closing, amina):
    draft = make_draft(call=closing, organisation=make_organisation(focal_point=amina), by=amina)
    with pytest.raises(
        Closed, match=r"closed on Friday 30 January 2026, 17:00 New York \(UTC−5\), less than a second before"
    ):
        operations.submit(draft, by=amina, at=CLOSES)
    kept = Submission.objects.get(pk=draft.pk)
    assert (kept.status, kept.text, list(kept.steps.all())) == ("draft", draft.text, [])
    assert closing.forum.last_input_number == 0


def test_grace_takes_a_send_under_way_and_nothing_after_it(closing, amina, settings):
    settings.GRACE_SECONDS = 300
    organisation = make_organisation(focal_point=amina)
    taken = make_draft(call=closing, organisation=organisation, by=amina)
    refused = make_draft(call=closing, organisation=organisation, by=amina)
    assert operations.submit(taken, by=amina, at=CLOSES + timedelta(seconds=300) - TICK).number == 1
    with pytest.raises(Closed):
        operations.submit(refused, by=amina, at=CLOSES + timedelta(seconds=300))


def test_sending_twice_gives_the_same_receipt(draft, amina):
    first = operations.submit(draft, by=amina, at=NOW)
    again = operations.submit(draft, by=amina, at=NOW + timedelta(seconds=1))
    assert again == first
    assert Version.objects.count() == 1


def test_an_incomplete_draft_is_refused_with_everything_that_is_missing(call, organisation, amina):
    draft = operations.start(call=call, organisation=organisation, by=amina, at=NOW)
    assert set(missing(draft)) == {"title", "level", "language", "objectives", "text"}
    with pytest.raises(Refused):
        operations.submit(draft, by=amina, at=NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"objectives": [1, 2, 3, 4, 5, 6]}, "objectives"),
        ({"countries": []}, "countries"),
        ({"level": "regional"}, "regions"),
        ({"text": "word " * 1501}, "text"),
        ({"text": ""}, "text"),
    ],
)
def test_what_the_call_does_not_allow_is_said(call, organisation, amina, changes, field):
    draft = make_draft(call=call, organisation=organisation, by=amina, **changes)
    assert set(missing(draft)) == {field}


def test_who_was_asked_back_may_answer_after_the_closing(closing, amina, ravi):
    draft = make_draft(call=closing, organisation=make_organisation(focal_point=amina), by=amina)
    operations.submit(draft, by=amina, at=NOW)
    submission = Submission.objects.get(pk=draft.pk)
    operations.take_up(submission, by=ravi, at=NOW)
    operations.ask_for_clarification(submission, by=ravi, at=NOW, question="Since when?")
    version = operations.submit(submission, by=amina, at=CLOSES + timedelta(days=2))
    assert (version.number, version.symbol) == (2, "IMRF-2026-I-00001/Rev.1")
    assert Submission.objects.get(pk=draft.pk).received_at == NOW


def test_accreditation_is_asked_only_where_the_call_asks_it(forum, amina):
    organisation = make_organisation(focal_point=amina)
    closed_to_most = make_call(forum, audience=Call.Audience.BASES, bases=["ecosoc"])
    draft = make_draft(call=closed_to_most, organisation=organisation, by=amina)
    with pytest.raises(Refused, match="certain bases"):
        operations.submit(draft, by=amina, at=NOW)
    make_standing(organisation, forum)
    assert operations.submit(draft, by=amina, at=NOW).number == 1


def test_the_receipt_changes_with_every_part_of_the_content(draft, amina):
    content = operations.submit(draft, by=amina, at=NOW).content
    changed = [{**content, name: "something else"} for name in content]
    assert len({fingerprint(c) for c in [content, *changed]}) == len(content) + 1


def test_a_call_that_is_not_yet_open_takes_no_drafts(forum, amina):
    early = make_call(forum, window="not_yet")
    with pytest.raises(Closed):
        operations.start(call=early, organisation=make_organisation(focal_point=amina), by=amina, at=NOW)
    assert WINDOWS["not_yet"][0] > NOW


def test_a_draft_never_overwrites_a_later_edition(draft, amina):
    edition = draft.edition
    operations.revise(draft, by=amina, at=NOW, edition=edition, title="Mine")
    with pytest.raises(operations.Conflict) as conflict:
        operations.revise(draft, by=make_user(), at=NOW, edition=edition, title="Theirs")
    assert conflict.value.theirs.title == "Mine"
    assert Submission.objects.get(pk=draft.pk).title == "Mine"


# Cost ---------------------------------------------------------------------------------------------------------------

MOST = 5  # input with its call held and the clock, what belongs to it, counter of the forum, version, status with its step


@pytest.mark.parametrize("chosen", [[14], [14, 15, 16, 17, 18]])
def test_sending_takes_five_statements_whatever_was_chosen(call, organisation, amina, count_statements, chosen):
    draft = make_draft(call=call, organisation=organisation, by=amina, objectives=chosen, countries=["KEN", "NPL"])
    assert count_statements(lambda: operations.submit(draft, by=amina)) == MOST


def test_files_and_bodies_that_stand_under_it_are_asked_for_where_there_are_some(draft, amina, count_statements):
    operations.attach(draft, SimpleUploadedFile("a.csv", b"a,b\n"), by=amina, at=NOW)
    agree(operations.ask_co_sponsor(draft, make_organisation("Harbour Union", focal_point=make_user()), by=amina, at=NOW))
    operations.name_on_behalf(draft, "Friends of the Harbour", by=amina, at=NOW)
    assert count_statements(lambda: operations.submit(draft, by=amina)) == MOST + 2


def test_sending_an_answer_takes_as_many_and_a_call_that_asks_the_standing_one_more(
    forum, organisation, amina, count_statements
):
    call = make_call(forum, audience="accredited")
    make_standing(organisation, forum)
    draft = make_draft(call=call, organisation=organisation, by=amina)
    assert count_statements(lambda: operations.submit(draft, by=amina)) == MOST + 1
    asked = make_submission(organisation=organisation, by=amina, status="clarification_asked")
    assert count_statements(lambda: operations.submit(asked, by=amina)) == MOST


def test_every_version_is_linked_to_the_one_received_before_it(call, organisation, amina):
    drafts = [make_draft(call=call, organisation=organisation, by=amina, title=title) for title in ("One", "Two", "Three")]
    versions = [operations.submit(draft, by=amina) for draft in drafts]
    assert [version.place for version in versions] == [1, 2, 3]
    links = ["0" * 64]
    for version in versions:
        links.append(hashlib.sha256((links[-1] + version.sha256).encode()).hexdigest())
    assert [version.link for version in versions] == links[1:]


def test_what_is_sent_is_what_was_chosen(draft, amina):
    content = operations.submit(draft, by=amina, at=NOW).content
    assert (content["countries"], content["regions"], content["objectives"]) == (["KEN"], [], [14, 15])
    assert (content["forum"], content["organisation"]) == ("2026", "Harbour Light")
