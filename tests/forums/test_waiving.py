"""A duty is waived by two people and met on a day that is there; nothing of it is lost or decided twice."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from forums import operations
from forums.changes import words_of
from forums.models import Change, Milestone, Waiver
from forums.refusals import MovedMeanwhile, Refused
from tests.factories import make_forum, make_rules, make_user

AT = datetime(2026, 5, 4, 15, tzinfo=UTC)
WHY = "The General Assembly decided so."


@pytest.fixture
def duties(forum):
    make_rules()
    operations.lay_out(forum)
    return {duty.kind: duty for duty in forum.milestones.order_by("-pk")}


@pytest.fixture
def report(duties):
    return duties["report"]


@pytest.fixture
def asked(report, dalia):
    return operations.ask_waiver(report, reason=WHY, by=dalia, at=AT)


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


# Waiving ------------------------------------------------------------------------------------------------------------


def test_what_one_person_asks_holds_only_when_a_second_one_agrees(asked, report, dalia, elena):
    assert (fresh(report).waived_because, asked.is_open, asked.stands) == ("", True, False)
    operations.agree_to_waiver(fresh(asked), by=elena, at=AT)
    kept = fresh(asked)
    assert (kept.agreed, kept.decided_by, kept.decided_at, kept.stands) == (True, elena, AT, True)
    assert (fresh(report).waived_because, fresh(report).sequence) == (WHY, 1)
    [change] = Change.objects.all()
    assert (change.kind, change.what) == ("waived", {"milestone": {"en": "Report of the Secretary-General"}, "reason": WHY})


def test_whoever_asked_decides_nothing_superusers_neither(report):
    sam = make_user("sam", staff=True, is_superuser=True)
    waiver = operations.ask_waiver(report, reason=WHY, by=sam, at=AT)
    for decide in (operations.agree_to_waiver, operations.turn_down_waiver):
        with pytest.raises(Refused, match=r"\(A/RES/73/326, paragraph 14\) needs a second person"):
            decide(waiver, by=sam, at=AT)
    assert fresh(waiver).is_open


def test_not_even_the_database_lets_one_person_decide_alone(asked, dalia):
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.filter(pk=asked.pk).update(agreed=True, decided_by=dalia, decided_at=AT)


def test_a_waiver_that_is_turned_down_changes_nothing_and_may_be_asked_again(asked, report, dalia, elena):
    operations.turn_down_waiver(asked, by=elena, at=AT)
    assert (fresh(report).waived_because, Change.objects.count()) == ("", 0)
    operations.ask_waiver(report, reason="A better reason.", by=dalia, at=AT)
    assert report.waivers.count() == 2


def test_a_waiver_is_taken_back_with_a_reason_and_stays_as_history(asked, report, dalia, elena):
    operations.agree_to_waiver(asked, by=elena, at=AT)
    with pytest.raises(Refused, match="Say why the waiver is taken back"):
        operations.take_back_waiver(fresh(asked), reason=" ", by=dalia, at=AT)
    operations.take_back_waiver(fresh(asked), reason="The report comes after all.", by=dalia, at=AT)
    kept = fresh(asked)
    assert (kept.agreed, kept.withdrawn_by, kept.withdrawn_because) == (True, dalia, "The report comes after all.")
    assert (fresh(report).waived_because, fresh(report).sequence, kept.stands) == ("", 2, False)
    assert [change.what.get("taken_back", False) for change in Change.objects.order_by("pk", "at")].count(True) == 1
    titles = {words_of(change).title for change in Change.objects.select_related("forum")}
    assert titles == {
        "“Report of the Secretary-General” is waived",
        "The waiver of “Report of the Secretary-General” is taken back",
    }
    again = operations.ask_waiver(fresh(report), reason="And yet.", by=dalia, at=AT)
    operations.agree_to_waiver(again, by=elena, at=AT)
    assert fresh(report).waived_because == "And yet."


def test_a_request_is_taken_back_by_whoever_asked(asked, report, dalia):
    operations.take_back_waiver(asked, reason="A mistake.", by=dalia, at=AT)
    assert (fresh(asked).is_open, fresh(report).waived_because, Change.objects.count()) == (False, "", 0)


@pytest.mark.parametrize("verb", ["agree_to_waiver", "turn_down_waiver", "take_back_waiver"])
def test_what_is_decided_is_not_decided_again(asked, elena, verb):
    stale = fresh(asked)
    operations.turn_down_waiver(asked, by=elena, at=AT)
    more = {"reason": "No."} if verb == "take_back_waiver" else {}
    with pytest.raises(MovedMeanwhile):
        getattr(operations, verb)(stale, by=elena, at=AT, **more)


def test_asking_twice_is_asking_once_and_two_requests_do_not_wait_side_by_side(asked, report, dalia, elena):
    assert operations.ask_waiver(report, reason=WHY, by=dalia, at=AT) == asked
    with pytest.raises(Refused, match="waits for a second person"):
        operations.ask_waiver(report, reason="Another reason.", by=elena, at=AT)


def test_what_is_met_or_waived_is_not_waived(report, duties, asked, dalia, elena):
    operations.meet(report, on=date(2026, 2, 1), by=dalia, at=AT)
    with pytest.raises(Refused, match=r"has been met meanwhile|just changed this"):
        operations.agree_to_waiver(fresh(asked), by=elena, at=AT)
    operations.turn_down_waiver(fresh(asked), by=elena, at=AT)
    with pytest.raises(Refused, match=r"\(A/RES/73/326, paragraph 14\) is met"):
        operations.ask_waiver(fresh(report), reason=WHY, by=dalia, at=AT)
    note = operations.ask_waiver(duties["note"], reason=WHY, by=dalia, at=AT)
    operations.agree_to_waiver(note, by=elena, at=AT)
    with pytest.raises(Refused, match=r"\(A/RES/73/326, paragraph 22\) is waived already"):
        operations.ask_waiver(fresh(duties["note"]), reason=WHY, by=dalia, at=AT)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_decide_at_once_decide_once():
    make_rules()
    forum = make_forum()
    operations.lay_out(forum)
    asker, *deciders = [make_user(staff=True) for _ in range(3)]
    waiver = operations.ask_waiver(forum.milestones.get(kind="report"), reason=WHY, by=asker, at=AT)
    start, answers = threading.Barrier(2), []

    def press(person, verb):
        try:
            mine = Waiver.objects.select_related("milestone").get(pk=waiver.pk)
            start.wait()
            verb(mine, by=person, at=AT)
            answers.append("decided")
        except MovedMeanwhile:
            answers.append("told that somebody was faster")
        finally:
            connection.close()

    verbs = (operations.agree_to_waiver, operations.turn_down_waiver)
    threads = [threading.Thread(target=press, args=each) for each in zip(deciders, verbs, strict=True)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(answers) == ["decided", "told that somebody was faster"]
    kept, report = fresh(waiver), forum.milestones.get(kind="report")
    assert bool(report.waived_because) is kept.agreed


# Meeting ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "days"), [(date(2026, 2, 1), 9), (date(2026, 2, 10), 0), (date(2026, 2, 12), -2)])
def test_a_duty_is_met_on_a_day_and_the_change_says_how_early(report, dalia, on, days):
    operations.meet(report, on=on, by=dalia, at=AT)
    operations.meet(fresh(report), on=on, by=dalia, at=AT)
    assert (fresh(report).met_on, fresh(report).sequence) == (on, 1)
    [change] = Change.objects.all()
    assert change.what == {
        "milestone": {"en": "Report of the Secretary-General"},
        "on": on.isoformat(),
        "days": days,
    }


def test_a_duty_is_not_met_on_a_day_that_has_not_come_in_the_zone_of_the_forum(report, dalia):
    night = datetime(2026, 2, 2, 3, tzinfo=UTC)  # still the first of February in New York
    with pytest.raises(Refused, match="2 February 2026 has not come yet"):
        operations.meet(report, on=date(2026, 2, 2), by=dalia, at=night)
    operations.meet(report, on=date(2026, 2, 1), by=dalia, at=night)


def test_report_and_notes_are_met_by_their_document_only(duties, dalia):
    for kind, paragraph in (("report", "14"), ("note", "22")):
        with pytest.raises(Refused, match=rf"met by an official document \(A/RES/73/326, paragraph {paragraph}\)"):
            operations.record_met(duties[kind], on=date(2026, 2, 1), by=dalia, at=AT)
        operations.meet(duties[kind], on=date(2026, 2, 1), by=dalia, at=AT)
        with pytest.raises(Refused, match="Correct the day on which the document was available"):
            operations.record_unmet(duties[kind], by=dalia, at=AT)


def test_the_hearing_is_met_on_the_day_before_the_forum_only(duties, dalia):
    with pytest.raises(Refused, match=r"one day before the forum, on 4 May 2026 \(A/RES/73/326, paragraph 15\)"):
        operations.record_met(duties["hearing"], on=date(2026, 5, 3), by=dalia, at=AT)
    operations.record_met(duties["hearing"], on=date(2026, 5, 4), by=dalia, at=AT)
    assert fresh(duties["hearing"]).met_on == date(2026, 5, 4)


def test_a_waived_duty_is_not_met_without_saying_so(report, asked, dalia, elena):
    operations.agree_to_waiver(asked, by=elena, at=AT)
    with pytest.raises(Refused, match=r"is waived \(A/RES/73/326, paragraph 14\). Take the waiver back first"):
        operations.meet(fresh(report), on=date(2026, 2, 1), by=dalia, at=AT)


def test_what_was_recorded_by_mistake_is_taken_back(report, dalia):
    operations.meet(report, on=date(2026, 2, 1), by=dalia, at=AT)
    operations.unmeet(fresh(report), by=dalia, at=AT)
    assert (fresh(report).met_on, fresh(report).sequence) == (None, 2)
    operations.unmeet(fresh(report), by=dalia, at=AT)
    assert fresh(report).sequence == 2


def test_a_duty_without_a_day_is_not_met(dalia):
    make_rules()
    forum = make_forum("2030", year=2030, first_day=None, last_day=None, status="announced")
    operations.lay_out(forum)
    with pytest.raises(Refused, match="Set the days of the forum first"):
        operations.meet(forum.milestones.get(kind="report"), on=date(2026, 2, 1), by=dalia, at=AT)


def test_who_records_second_overwrites_nothing(report, dalia, elena):
    mine = Milestone.objects.get(pk=report.pk)
    operations.meet(report, on=date(2026, 2, 1), by=dalia, at=AT)
    with pytest.raises(MovedMeanwhile):
        operations.meet(mine, on=date(2026, 2, 3), by=elena, at=AT)
    assert fresh(report).met_on == date(2026, 2, 1)
