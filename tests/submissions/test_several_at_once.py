"""Several inputs at once: shown before, carried out one by one, reported; and with a second person where it is much."""

import pytest
from django.urls import reverse

from forums.models import Letter, SecondPersonRequest
from submissions import operations
from submissions.admin.deciding import asking
from submissions.models import DecisionLine, DecisionRound, LettersChoice, PublishedInput, Submission
from submissions.tasks import announce_steps, work_on_rounds
from tests.factories import NOW, make_organisation, make_submission, make_user, tick_everything

pytestmark = pytest.mark.django_db
QUEUE, SEVERAL = "/admin/submissions/submission/", "/admin/submissions/submission/several/"


@pytest.fixture
def make(organisation, amina, call):
    def made(status, **fields):
        return make_submission(call=call, organisation=organisation, by=amina, status=status, **fields)

    return made


@pytest.fixture
def desk(desk_client, elena):
    return desk_client(elena)


def choose(desk, action, rows, filters=""):
    return desk.post(QUEUE + filters, {"action": action, "_selected_action": [str(row.pk) for row in rows]})


def press(desk, shown, letters="send", **typed):
    about = {name: shown.context[name] for name in ("chosen", "came_from")}
    return desk.post(SEVERAL, {**about, "decision": shown.context["decision"].key, "letters": letters, **typed})


def statuses(*rows):
    return [Submission.objects.get(pk=row.pk).status for row in rows]


def test_taking_up_tells_nobody_and_goes_at_once_with_a_report_of_what_was_skipped(desk, make):
    rows, done = [make("submitted"), make("submitted")], make("accepted")
    answer = choose(desk, "take_up", [*rows, done], "?forum=2026")
    made = DecisionRound.objects.get()
    assert answer["Location"] == reverse("admin:submissions_decisionround_change", args=[made.pk])
    assert statuses(*rows, done) == ["under_review", "under_review", "accepted"]
    page = desk.get(answer["Location"])
    assert "This is “Accepted”" in page.content.decode()
    assert f'href="{QUEUE}?forum=2026"' in page.content.decode()
    assert {name: count for name, _word, count in page.context["tabs"]} == {"skipped": 1, "done": 2}


def test_where_all_went_well_one_is_back_on_the_list_as_it_was_filtered(desk, make):
    answer = choose(desk, "take_up", [make("submitted")], "?status=submitted&q=consular")
    assert answer["Location"] == f"{QUEUE}?status=submitted&q=consular"
    assert "Take up: done for 1 input." in desk.get(answer["Location"]).content.decode()


def test_an_action_shows_the_list_the_letters_and_what_is_skipped_and_does_nothing(desk, make, elena, amina):
    ready, unticked, sent = make("under_review"), make("under_review"), make("submitted")
    tick_everything(ready, elena, NOW)
    letters = Letter.objects.count()
    shown = choose(desk, "accept", [ready, unticked, sent])
    assert [row.submission for row in shown.context["rows"]] == [ready]
    assert {row.submission: row.why.partition(":")[0] for row in shown.context["skipped"]} == {
        unticked: "The checklist is not complete",
        sent: "It is “Sent”.",
    }
    assert [(letter.kind, letter.to) for letter in shown.context["letters"]] == [("submissions/accepted", amina.email)]
    assert (shown.context["people"], Letter.objects.count()) == (1, letters)
    assert statuses(ready, unticked, sent) == ["under_review", "under_review", "submitted"]


def test_what_was_shown_is_carried_out_and_what_moved_meanwhile_is_said(desk, make, elena, ravi):
    rows = [make("accepted") for _each in range(3)]
    shown = choose(desk, "publish", rows)
    raced = Submission.objects.get(pk=rows[1].pk)
    operations.reopen(raced, by=ravi, at=NOW, reason="Once more.")
    tick_everything(raced, ravi, NOW)
    operations.accept(raced, by=ravi, at=NOW)  # the same status again, and yet not what was looked at
    assert press(desk, shown).status_code == 302
    assert statuses(*rows) == ["published", "accepted", "published"]
    skipped = DecisionLine.objects.get(result="skipped")
    assert skipped.submission == rows[1]
    assert "Something happened to it since it was decided" in skipped.why
    assert PublishedInput.objects.count() == 2


def test_one_ground_and_one_reason_for_all_and_the_letters_are_shown_with_them(desk, make):
    rows = [make("under_review") for _each in range(2)]
    shown = choose(desk, "decline", rows)
    assert "[your words]" in shown.context["letters"][0].text
    typed = {"decline-ground": "duplicate", "decline-reason": "See IMRF-2026-I-00001."}
    looked = press(desk, shown, "look", **typed)
    assert "See IMRF-2026-I-00001." in looked.context["letters"][0].text
    assert "The same input was sent already" in looked.context["letters"][0].text
    assert statuses(*rows) == ["under_review"] * 2
    assert press(desk, shown, **{"decline-ground": "duplicate"}).status_code == 200  # a reason is asked for
    assert press(desk, shown, **typed).status_code == 302
    assert {(step.became, step.ground) for row in rows for step in row.steps.filter(became="not_admissible")} == {
        ("not_admissible", "duplicate")
    }


def test_without_letters_only_with_a_reason_where_they_are_owed(desk, make):
    rows = [make("accepted"), make("accepted")]
    announce_steps()
    before, shown = Letter.objects.count(), choose(desk, "reopen", rows)
    typed = {"reopen-reason": "A figure is checked."}
    assert "has to hear of this" in press(desk, shown, "none", **typed).content.decode()
    assert press(desk, shown, "none", **typed, **{"letters-reason": "All were telephoned."}).status_code == 302
    announce_steps()
    assert (Letter.objects.count(), LettersChoice.objects.count()) == (before, 2)


def test_hundreds_are_carried_out_by_a_worker_and_none_twice(make):

    rows = [make("submitted") for _each in range(5)]
    made = operations.begin_round(
        list(operations.last_steps(Submission.objects.filter(pk__in=[row.pk for row in rows])).items()),
        decision="take_up",
        words={},
        letters=operations.AS_WRITTEN,
        name="Take up",
        by=make_user(staff=True, roles=["reviewer"]),
        at=NOW,
    )
    assert operations.carry_out(made.pk, at=NOW, most=2) == 2
    made.refresh_from_db()
    assert (made.state, statuses(*rows).count("under_review")) == ("working", 2)
    for _twice in range(2):
        work_on_rounds()
    made.refresh_from_db()
    assert (made.state, set(statuses(*rows))) == ("done", {"under_review"})
    assert {row.steps.filter(became="under_review").count() for row in rows} == {1}


def test_who_may_not_decides_on_nothing(desk_client, ravi, make, organisation):
    accepted, client = make("accepted"), desk_client(ravi)
    assert choose(client, "publish", [accepted]).status_code in (200, 302)
    assert client.post(SEVERAL, {"decision": "publish", "chosen": f"{accepted.pk}:1", "letters": "send"}).status_code == 403
    assert client.post(SEVERAL, {"decision": "nonsense"}).status_code == 404
    assert client.get(SEVERAL).status_code == 405
    own = make_organisation("Own", focal_point=ravi)
    hidden = make_submission(organisation=own, by=ravi, status="submitted")
    client.post(SEVERAL, {"decision": "take_up", "chosen": f"{hidden.pk}:1", "letters": "send"})
    assert statuses(accepted, hidden) == ["accepted", "submitted"]
    assert not DecisionLine.objects.exists()


def test_statements_of_the_page_do_not_grow_but_for_the_first_three_that_are_rehearsed(desk, make, count_statements):
    one, four = [make("submitted")], [make("submitted") for _each in range(4)]
    counts = [count_statements(lambda rows=rows: choose(desk, "publish", rows)) for rows in (one, four)]
    assert counts[0] == counts[1]  # what does not fit is not rehearsed
    ready = [[make("accepted") for _each in range(number)] for number in (3, 7)]
    counts = [count_statements(lambda rows=rows: choose(desk, "reopen", rows)) for rows in ready]
    assert counts[0] == counts[1]


# A second person ------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(make, monkeypatch):
    monkeypatch.setattr(asking, "PUBLISH_ABOVE", 2)
    return [make("accepted") for _each in range(3)]


def test_very_many_are_published_only_with_a_second_person(desk, desk_client, many):
    shown = choose(desk, "publish", many)
    assert "only with a second person" in shown.content.decode()
    assert "Say why" in press(desk, shown).content.decode()
    assert statuses(*many) == ["accepted"] * 3
    answer = press(desk, shown, **{"second-reason": "The call has closed."})
    asked = SecondPersonRequest.objects.get()
    assert answer["Location"] == reverse("admin:forums_secondpersonrequest_change", args=[asked.pk])
    assert statuses(*many) == ["accepted"] * 3
    assert desk.post(answer["Location"], {"decision": "agree"}).status_code == 409  # not the same person
    second = desk_client(make_user(staff=True, roles=["editor"]))
    assert "The call has closed." in second.get(answer["Location"]).content.decode()
    assert second.post(answer["Location"], {"decision": "agree"}).status_code == 302
    work_on_rounds()
    assert statuses(*many) == ["published"] * 3
    asked.refresh_from_db()
    assert asked.outcome == "agreed"


def test_what_changed_since_it_was_asked_is_stale_and_nothing_is_published(desk, desk_client, many, ravi):
    page = press(desk, choose(desk, "publish", many), **{"second-reason": "Now."})["Location"]
    operations.reopen(Submission.objects.get(pk=many[0].pk), by=ravi, at=NOW, reason="Once more.")
    desk_client(make_user(staff=True, roles=["editor"])).post(page, {"decision": "agree"})
    work_on_rounds()
    assert statuses(*many) == ["under_review", "accepted", "accepted"]
    assert SecondPersonRequest.objects.get().outcome == "stale"
    assert DecisionRound.objects.get().state == "set_aside"


def test_a_request_that_is_turned_down_or_taken_back_publishes_nothing(desk, desk_client, many, elena):
    page = press(desk, choose(desk, "publish", many), **{"second-reason": "Now."})["Location"]
    second = make_user(staff=True, roles=["editor"])
    assert desk_client(second).post(page, {"decision": "turn_down"}).status_code == 409  # without a reason
    desk_client(second).post(page, {"decision": "turn_down", "answer": "Not before Monday."})
    assert SecondPersonRequest.objects.get().answer == "Not before Monday."
    again = press(desk_client(elena), choose(desk, "publish", many), **{"second-reason": "Now."})["Location"]
    assert desk_client(second).post(again, {"decision": "take_back"}).status_code == 409
    assert desk_client(elena).post(again, {"decision": "take_back"}).status_code == 302
    work_on_rounds()
    assert statuses(*many) == ["accepted"] * 3


def test_letters_to_very_many_need_a_second_person_too(desk, make, monkeypatch):
    monkeypatch.setattr(asking, "LETTERS_ABOVE", 1)
    rows = [make("accepted"), make("accepted")]
    shown = choose(desk, "reopen", rows)
    assert shown.context["people"] == 2
    assert "Letters to more than 1 person at once" in shown.content.decode()
    press(desk, shown, **{"reopen-reason": "Looked at again.", "second-reason": "A fault in the form."})
    assert (SecondPersonRequest.objects.count(), statuses(*rows)) == (1, ["accepted"] * 2)


def test_who_may_not_see_one_of_the_inputs_learns_nothing_of_the_request(desk, desk_client, many, organisation):
    page = press(desk, choose(desk, "publish", many), **{"second-reason": "Now."})["Location"]
    conflicted = make_user(staff=True, roles=["editor"])
    organisation.memberships.create(user=conflicted, role="viewer", asked_at=NOW, since=NOW)
    client = desk_client(conflicted)
    assert client.get(page).status_code == 404
    assert client.get("/admin/forums/secondpersonrequest/").context["cl"].result_count == 0
    assert client.get("/admin/submissions/decisionround/").context["cl"].result_count == 0
