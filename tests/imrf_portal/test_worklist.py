"""The work list: each line counts what its list shows, for this person, at the same cost whatever there is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accreditation.models import AccreditationStep, Membership
from forums import remembered
from forums.models import Milestone, Sweep
from imrf_portal.worklist import work_of
from submissions import operations
from submissions.models import CallLetter, Conflict, Submission, SubmissionStep
from tests.factories import NOW, join, make_call, make_organisation, make_submission, make_user
from tests.imrf_portal.rooms import make_attachment, make_claim, make_letter

pytestmark = pytest.mark.django_db


def counts(user, at=None):
    return {line.label: line.count for part in work_of(user, at=at or now()) for line in part.lines if line.count}


def lines(user, at=None):
    return {line.label: line for part in work_of(user, at=at or now()) for line in part.lines}


def answer(submission, by):
    operations.ask_for_clarification(submission, by=by, at=NOW, question="Which year?")
    operations.submit(Submission.objects.get(pk=submission.pk), by=submission.begun_by, at=NOW)


@pytest.fixture
def busy(forum, call, organisation, amina, ravi, elena):
    """Something in every line."""
    own = {"call": call, "organisation": organisation, "by": amina}
    make_submission(**own)
    make_submission(**own)
    make_submission(**own, status="under_review", reviewer=ravi)
    make_submission(**own, status="under_review", reviewer=elena)
    answer(make_submission(**own, status="under_review", reviewer=ravi), ravi)
    answer(make_submission(**own, status="under_review", reviewer=elena), elena)
    make_submission(**own, status="clarification_asked")
    make_submission(**own, status="accepted")
    make_attachment(make_submission(**own, status="published"))
    make_attachment(make_submission(**own, status="not_admissible"), verdict="infected")
    for status in ("submitted", "screening", "put_forward"):
        claim = make_claim(make_organisation(focal_point=amina), forum)
        type(claim).objects.filter(pk=claim.pk).update(status=status)
    join(organisation, make_user(), since=None)
    Milestone.objects.create(
        forum=forum, kind="report", name="Report", weeks_before=12, resolution="A/RES/73/326", paragraph="14"
    )
    Milestone.objects.create(
        forum=forum, kind="hearing", name="Hearing", days_before=1, resolution="A/RES/73/326", paragraph="15"
    )
    make_letter("failed", failed=True)
    make_letter("stuck")
    make_letter("held", held=True)
    make_letter("sent", sent_at=NOW)
    Sweep.objects.create(name="heartbeat", ran_at=now() - timedelta(minutes=4))
    Sweep.objects.create(name="send letters", ran_at=now(), error="It broke.")


LINES_ABOUT_INPUTS = {
    "Inputs nobody has taken up": 2,
    "Given or answered, not taken up yet": 2,
    "Inputs their authors are asked about": 1,
    "Accepted, not yet published": 1,
    "Inputs that wait too long": 7,
}
PORTAL = {"Sweeps that are late": 1, "Sweeps that went wrong": 1}


def test_a_reviewer_sees_what_waits_for_them_and_for_the_team(busy, ravi):
    found = counts(ravi)
    assert found == {
        "Inputs you review": 1,
        "Given to you or answered, to be taken up": 1,
        "Inputs that wait too long with you": 2,
        **LINES_ABOUT_INPUTS,
        "Overdue": found.get("Overdue", 0) or 2,
        "Duties that nobody answers for": 2,
        **PORTAL,
    }


def test_the_accreditation_desk_sees_no_inputs(busy):
    found = counts(make_user(staff=True, roles=["accreditation"]))
    assert not set(found) & set(LINES_ABOUT_INPUTS)
    assert {name: found[name] for name in found if "laim" in name or "Member" in name or "join" in name} == {
        "Claims nobody has taken up": 1,
        "Claims in screening": 1,
        "Before Member States, outcome not recorded": 1,
        "Requests to join an organisation": 1,
    }


def test_staff_without_a_role_and_stakeholders_have_no_work(busy, amina):
    assert work_of(make_user(staff=True), at=now()) == []
    assert work_of(amina, at=now()) == []


@pytest.mark.parametrize("role", ["reviewer", "editor", "accreditation", "administrator", "superuser"])
def test_each_line_counts_what_its_list_shows(busy, desk_client, role):
    person = make_user(staff=True, is_superuser=True) if role == "superuser" else make_user(staff=True, roles=[role])
    client = desk_client(person)
    page = client.get("/admin/")
    for part in page.context["work"]:
        for line in part.lines:
            response = client.get(line.url)
            assert response.status_code == 200, line
            if line.label == "Duties that nobody answers for":
                assert sum(course.unanswered for course in response.context["courses"]) == line.count
            elif not line.label.startswith("Sweeps"):
                assert response.context["cl"].result_count == line.count, line
            assert f'href="{line.url.replace("&", "&amp;")}"' in page.content.decode()


def test_what_ones_own_organisation_wrote_is_never_counted(busy, organisation):
    conflicted = make_user(staff=True, is_superuser=True)
    before = counts(conflicted)
    join(organisation, conflicted, Membership.Role.VIEWER)
    after = counts(conflicted)
    assert set(LINES_ABOUT_INPUTS) <= set(before)
    assert not set(LINES_ABOUT_INPUTS) & set(after)
    assert not {"Files in quarantine", "Files refused by the virus scanner"} & set(after)
    assert not [name for name in after if name.startswith("Steps of inputs")]


def test_drafts_are_counted_nowhere(draft):
    everybody = make_user(staff=True, is_superuser=True)
    make_file = {"name": "x", "file": "x", "size": 1, "media_type": "x", "sha256": "x", "added_at": NOW}
    draft.attachments.create(**make_file)
    assert set(counts(everybody)) == {"Sweeps that are late"}


def test_the_age_is_that_of_the_oldest_in_its_status(organisation, amina, ravi, forum):
    call = make_call(forum)
    for days in (9, 2):
        submission = make_submission(call=call, organisation=organisation, by=amina, at=NOW - timedelta(days=days))
        if days == 9:
            operations.take_up(submission, by=ravi, at=NOW - timedelta(days=1))
    found = lines(ravi)
    assert found["Inputs nobody has taken up"].since == NOW - timedelta(days=2)
    assert found["Inputs you review"].since == NOW - timedelta(days=1)


def test_steps_that_nobody_was_told_of_show_after_a_day(organisation, amina, elena, dalia, forum):
    make_submission(call=make_call(forum), organisation=organisation, by=amina)
    make_claim(organisation, forum, by=amina)
    for model, person, label in (
        (SubmissionStep, elena, "Steps of inputs without letters for a day"),
        (AccreditationStep, dalia, "Steps of accreditations without letters for a day"),
    ):
        model.objects.update(at=NOW)
        assert counts(person, NOW + timedelta(hours=24)).get(label) is None
        assert counts(person, NOW + timedelta(hours=24, seconds=1))[label] == 1


def test_a_file_waits_with_its_age_and_a_missing_scanner_is_said(organisation, amina, elena, call, settings):
    make_attachment(make_submission(call=call, organisation=organisation, by=amina), added_at=NOW - timedelta(days=3))
    settings.CLAMD_SOCKET = ""
    line = lines(elena)["Files in quarantine"]
    assert (line.count, line.since) == (1, NOW - timedelta(days=3))
    assert "No virus scanner is configured" in line.note
    settings.CLAMD_SOCKET = "/run/clamd.socket"
    assert lines(elena)["Files in quarantine"].note == ""


@pytest.mark.parametrize(("age", "late"), [(timedelta(minutes=3), 0), (timedelta(minutes=3, seconds=1), 1)])
def test_a_heartbeat_older_than_three_minutes_is_late(ravi, age, late):
    at = now()
    Sweep.objects.create(name="heartbeat", ran_at=at - age)
    line = lines(ravi, at)["Sweeps that are late"]
    assert (line.count, bool(line.note)) == (late, bool(late))


def test_a_portal_whose_clock_never_ran_says_so(ravi):
    line = lines(ravi)["Sweeps that are late"]
    assert (line.count, line.note) == (1, "The clock of the portal has never run.")


def test_duties_of_forums_that_were_held_are_not_overdue(ravi, forum):
    Milestone.objects.create(
        forum=forum, kind="report", name="Report", weeks_before=12, resolution="A/RES/73/326", paragraph="14"
    )
    assert counts(ravi)["Overdue"] == 1
    forum.status = "held"
    forum.save()
    assert "Overdue" not in counts(ravi)


@pytest.mark.parametrize("role", ["reviewer", "superuser"])
def test_the_front_page_costs_the_same_whatever_waits(desk_client, forum, organisation, amina, role):
    person = make_user(staff=True, is_superuser=True) if role == "superuser" else make_user(staff=True, roles=[role])
    client, call = desk_client(person), make_call(forum)

    def fill(times):
        for _ in range(times):
            make_attachment(make_submission(call=call, organisation=organisation, by=amina))
            make_submission(call=call, organisation=organisation, by=amina, status="under_review", reviewer=person)
            make_claim(make_organisation(focal_point=amina), forum)
            make_letter(f"k{times}{_}", failed=True)
            Milestone.objects.create(
                forum=forum, kind="other", name="Duty", weeks_before=_, resolution="A/RES/73/326", paragraph="x"
            )
            Sweep.objects.create(name=f"sweep {times} {_}", ran_at=NOW, error="x")

    asked = []
    for times in (1, 29):
        fill(times)
        with CaptureQueriesContext(connection) as statements:
            assert client.get("/admin/").status_code == 200
        asked.append(len(statements))
    assert asked[0] == asked[1] <= 16


def test_single_keys_act_on_the_work_list_unless_they_are_switched_off(desk_client, elena):
    client = desk_client(elena)
    assert "desk-keys.js" in client.get("/admin/").content.decode()
    client.post("/admin/submissions/submission/columns/", {"act": "keys"})
    assert "desk-keys.js" not in client.get("/admin/").content.decode()


def test_call_letters_wait_for_whoever_did_not_ask_for_them(forum, call):
    asks, other = (make_user(staff=True, roles=["forum manager"]) for _each in range(2))
    CallLetter.objects.create(call=call, organisations=[], asked_by=asks, asked_at=NOW)
    assert counts(other)["Call letters to be let go"] == 1
    assert lines(other)["Call letters to be let go"].url.endswith("/callletter/?state__exact=asked")
    assert "Call letters to be let go" not in counts(asks)
    assert "Call letters to be let go" not in lines(make_user(staff=True, roles=["reviewer"]))


# Statements that are put together once ----------------------------------------------------------------------------------


def test_two_people_of_one_role_are_told_of_their_own(busy, call, organisation, amina, ravi):
    """The statements of the first are asked of the second, at another time."""
    remembered._kept.clear()  # what other tests of this process have asked
    at, other = now(), make_user(staff=True, roles=["reviewer"])
    make_submission(call=call, organisation=organisation, by=amina, status="under_review", reviewer=other)
    make_submission(call=call, organisation=organisation, by=amina, status="under_review", reviewer=other)
    before = [len(remembered._kept)]
    mine = [counts(user, at)["Inputs you review"] for user in (ravi, other, ravi)]
    before.append(len(remembered._kept))
    assert mine == [1, 2, 1]
    assert counts(other, at + timedelta(days=30))["Inputs that wait too long with you"] == 2
    assert counts(ravi, at - timedelta(days=3650)).get("Inputs that wait too long with you") is None
    assert before[0] < before[1] == len(remembered._kept)


def test_a_conflict_of_one_is_none_of_another_with_the_same_role(busy, organisation, ravi):
    other = make_user(staff=True, roles=["reviewer"])
    assert counts(ravi)["Inputs nobody has taken up"] == counts(other)["Inputs nobody has taken up"] == 2
    for user, body in ((other, organisation), (ravi, make_organisation())):
        Conflict.objects.create(user=user, organisation=body, ground="other", reason="x", by=user, at=NOW)
    assert counts(ravi)["Inputs nobody has taken up"] == 2
    assert "Inputs nobody has taken up" not in counts(other)


def test_another_permission_is_another_statement(busy, ravi):
    root = make_user(staff=True, is_superuser=True)
    found = [counts(user).get("Letters held") for user in (ravi, root, ravi)]
    assert found == [None, 1, None]
