"""The days of a forum: set once, moved in one action; history kept, everybody who was told an older day told once."""

import threading
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from forums import operations
from forums.models import Change, FormerDates, Forum, Letter, MilestoneNotice, Rule
from forums.refusals import IllegalMove, MovedMeanwhile, Refused
from tests.factories import make_call, make_forum, make_rules, make_user

NEW_YORK = ZoneInfo("America/New_York")
AT = datetime(2022, 1, 5, 15, tzinfo=UTC)
FIRST = {"first_day": date(2022, 5, 10), "last_day": date(2022, 5, 13)}
SLIPPED = {"first_day": date(2022, 5, 17), "last_day": date(2022, 5, 20)}
WHY = "Other meetings were put first."


def ny(*moment):
    return datetime(*moment, tzinfo=NEW_YORK)


@pytest.fixture
def announced(db):
    make_rules()
    return make_forum("2022", year=2022, first_day=None, last_day=None, status="announced")


@pytest.fixture
def forum(announced, dalia):
    """The forum of 2022 as it was announced first: 10 to 13 May."""
    operations.date_forum(announced, **FIRST, by=dalia, at=AT)
    announced.managers.add(dalia)
    return announced


def move(forum, by, days=SLIPPED, at=AT, **more):
    return operations.move_forum(forum, **days, reason=WHY, by=by, at=at, **more)


def due_days(forum):
    forum = Forum.objects.get(pk=forum.pk)
    return {str(each): each.due_on for each in forum.milestones.order_by("pk")}


# Setting days --------------------------------------------------------------------------------------------------------


def test_dating_a_forum_lays_out_its_duties_one_note_for_each_round_table(announced, dalia):
    operations.date_forum(announced, **FIRST, by=dalia, at=AT)
    assert due_days(announced) == {
        "Report of the Secretary-General": date(2022, 2, 15),
        **{f"Background note for round table {number}": date(2022, 3, 29) for number in range(1, 5)},
        "Multi-stakeholder hearing": date(2022, 5, 9),
        "Progress Declaration": date(2022, 5, 13),
    }
    kept = Forum.objects.get(pk=announced.pk)
    assert (kept.status, kept.first_day, kept.last_day, kept.edition_of_dates) == ("dated", *FIRST.values(), 1)
    [change] = Change.objects.all()
    assert (change.kind, change.what["was"], change.what["became"]) == ("dated", None, ["2022-05-10", "2022-05-13"])
    assert change.what["milestones"][0] == {
        "name": {"en": "Report of the Secretary-General"},
        "was": None,
        "became": "2022-02-15",
    }
    assert (FormerDates.objects.count(), Letter.objects.count()) == (0, 0)


def test_dating_twice_is_dating_once(announced, dalia):
    for _press in range(2):
        operations.date_forum(Forum.objects.get(pk=announced.pk), **FIRST, by=dalia, at=AT)
    assert (announced.milestones.count(), Change.objects.count()) == (7, 1)


def test_duties_that_are_there_are_not_laid_out_again(announced, dalia):
    operations.lay_out(announced)
    operations.lay_out(announced)
    operations.date_forum(announced, **FIRST, by=dalia, at=AT)
    assert announced.milestones.count() == 7


def test_a_rule_of_the_desk_is_laid_out_and_one_not_in_force_is_not(announced, dalia):
    Rule.objects.create(code="closes", kind="accreditation", name="Accreditation closes", weeks_before=15)
    Rule.objects.create(code="old", kind="other", name="An older habit", weeks_before=20, in_force=False)
    operations.date_forum(announced, **FIRST, by=dalia, at=AT)
    assert due_days(announced)["Accreditation closes"] == date(2022, 1, 25)
    assert "An older habit" not in due_days(announced)


def test_a_round_table_that_comes_later_gets_its_note(forum):
    table = forum.round_tables.create(number=5, title="A fifth")
    [note] = operations.lay_out(forum)
    assert (note.round_table, str(note)) == (table, "Background note for round table 5")


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"first_day": date(2022, 5, 13), "last_day": date(2022, 5, 10)}, "The last day is before the first day."),
        ({"first_day": date(2022, 5, 13), "last_day": None}, "Fill in both."),
        ({"first_day": date(2052, 5, 10), "last_day": date(2052, 5, 13)}, "known by the year 2022"),
    ],
)
def test_days_that_make_no_sense_are_refused(announced, forum, dalia, days, sentence):
    other = make_forum("2023", year=2022, first_day=None, last_day=None, status="announced")
    with pytest.raises(Refused, match=sentence):
        operations.date_forum(other, **days, by=dalia, at=AT)
    with pytest.raises(Refused, match=sentence):
        move(forum, dalia, days)
    assert Forum.objects.get(pk=other.pk).status == "announced"


def test_each_status_has_its_verb(announced, dalia):
    with pytest.raises(IllegalMove, match="no days yet"):
        move(announced, dalia)
    operations.date_forum(announced, **FIRST, by=dalia, at=AT)
    with pytest.raises(IllegalMove, match="move it"):
        operations.date_forum(announced, **SLIPPED, by=dalia, at=AT)
    Forum.objects.filter(pk=announced.pk).update(status="held")
    with pytest.raises(IllegalMove, match="history"):
        move(announced, dalia)


# Moving --------------------------------------------------------------------------------------------------------------


def test_the_slip_of_2022_moves_every_duty_and_keeps_what_was(forum, dalia):
    move(forum, dalia)
    days = due_days(forum)
    assert days["Report of the Secretary-General"] == date(2022, 2, 22)
    assert days["Background note for round table 3"] == date(2022, 4, 5)
    assert days["Multi-stakeholder hearing"] == date(2022, 5, 16)
    assert days["Progress Declaration"] == date(2022, 5, 20)
    [former] = forum.former_dates.all()
    assert (former.edition, former.first_day, former.last_day) == (1, *FIRST.values())
    assert (former.reason, former.by, former.replaced_on) == (WHY, dalia, date(2022, 1, 5))
    kept = Forum.objects.get(pk=forum.pk)
    assert (kept.edition_of_dates, kept.sequence, kept.status) == (2, 1, "dated")
    change = Change.objects.get(kind="moved")
    assert (change.what["was"], change.what["became"]) == (["2022-05-10", "2022-05-13"], ["2022-05-17", "2022-05-20"])
    assert change.what["reason"] == WHY
    report = change.what["milestones"][0]
    assert (report["was"], report["became"]) == ("2022-02-15", "2022-02-22")


def test_moving_needs_a_reason_and_to_the_same_days_is_nothing(forum, dalia):
    with pytest.raises(Refused, match="Give the reason"):
        operations.move_forum(forum, **SLIPPED, reason=" \x00 ", by=dalia, at=AT)
    move(forum, dalia, FIRST)
    move(forum, dalia)
    move(forum, dalia)
    assert (forum.former_dates.count(), Change.objects.filter(kind="moved").count()) == (1, 1)


def test_a_convened_forum_stays_convened_and_does_not_move_into_the_past(forum, dalia):
    Forum.objects.filter(pk=forum.pk).update(status="convened")
    with pytest.raises(Refused, match="into the past"):
        move(forum, dalia, at=datetime(2022, 6, 1, tzinfo=UTC))
    move(forum, dalia)
    assert Forum.objects.get(pk=forum.pk).status == "convened"


def test_calls_move_with_the_forum_and_their_former_closing_stays(forum, dalia):
    ahead = make_call(forum, slug="ahead", opens_at=ny(2022, 1, 3, 9), closes_at=ny(2022, 3, 9, 17))
    whole = make_call(forum, slug="whole", opens_at=ny(2022, 2, 1, 9), closes_at=ny(2022, 2, 4, 17))
    closed = make_call(forum, slug="closed", opens_at=ny(2021, 12, 1), closes_at=ny(2022, 1, 4, 17))
    stays = make_call(forum, slug="stays", opens_at=ny(2022, 1, 3, 9), closes_at=ny(2022, 3, 1, 17))
    move(forum, dalia, calls=[ahead, whole, closed], authority="President of the General Assembly")
    for call in (ahead, whole, closed, stays):
        call.refresh_from_db()
    assert (ahead.opens_at, ahead.closes_at) == (ny(2022, 1, 3, 9), ny(2022, 3, 16, 17))  # the clocks change between
    assert (whole.opens_at, whole.closes_at) == (ny(2022, 2, 8, 9), ny(2022, 2, 11, 17))
    assert (closed.closes_at, stays.closes_at) == (ny(2022, 1, 4, 17), ny(2022, 3, 1, 17))
    [extension] = ahead.extensions.all()
    assert (extension.kind, extension.was, extension.became) == ("moved", ny(2022, 3, 9, 17), ny(2022, 3, 16, 17))
    assert (extension.reason, extension.by, extension.at) == (WHY, dalia, AT)
    assert extension.authority == "President of the General Assembly"
    assert (closed.extensions.count(), stays.extensions.count()) == (0, 0)
    assert ahead.sequence > 0 < whole.sequence
    assert (closed.sequence, stays.sequence) == (0, 0)
    told = {each["name"]["en"]: (each["was"], each["became"]) for each in Change.objects.get(kind="moved").what["calls"]}
    assert len(Change.objects.get(kind="moved").what["calls"]) == 2
    assert told["Stakeholder inputs"][1].startswith("2022-0")


@pytest.mark.parametrize("days", [28, -28])
def test_a_call_moves_further_than_it_is_long(forum, dalia, days):
    call = make_call(forum, opens_at=ny(2022, 2, 8, 9), closes_at=ny(2022, 2, 10, 17))
    by = timedelta(days=days)
    move(forum, dalia, {name: day + by for name, day in FIRST.items()}, at=datetime(2021, 12, 1, tzinfo=UTC))
    call.refresh_from_db()
    assert (call.opens_at, call.closes_at) == (
        datetime.combine(date(2022, 2, 8) + by, time(9), tzinfo=NEW_YORK),
        datetime.combine(date(2022, 2, 10) + by, time(17), tzinfo=NEW_YORK),
    )


def test_a_call_that_would_close_in_the_past_stops_the_whole_move(forum, dalia):
    call = make_call(forum, opens_at=ny(2021, 12, 1), closes_at=ny(2022, 1, 8, 17))
    earlier = {"first_day": date(2022, 5, 3), "last_day": date(2022, 5, 6)}
    with pytest.raises(Refused, match="would close on Saturday 1 January 2022"):
        move(forum, dalia, earlier)
    assert (forum.former_dates.count(), Forum.objects.get(pk=forum.pk).first_day) == (0, FIRST["first_day"])
    move(forum, dalia, earlier, calls=[])
    call.refresh_from_db()
    assert call.closes_at == ny(2022, 1, 8, 17)


@pytest.mark.parametrize("days", [1, -1, 7])
def test_sessions_of_one_room_move_past_each_other(forum, dalia, days):
    room = forum.meeting_rooms.create(name="Trusteeship Council Chamber")
    for day in (10, 11, 12):
        forum.sessions.create(
            slug=f"day-{day}",
            kind="round_table",
            title=f"Day {day}",
            room=room,
            starts_at=ny(2022, 5, day, 10),
            ends_at=ny(2022, 5, day, 13),
        )
    cancelled = forum.sessions.create(
        slug="off", kind="other", title="Off", starts_at=ny(2022, 5, 10, 10), ends_at=ny(2022, 5, 10, 13), cancelled_at=AT
    )
    move(forum, dalia, {name: day + timedelta(days=days) for name, day in FIRST.items()})
    found = forum.sessions.filter(cancelled_at=None).order_by("pk")
    assert [session.starts_at for session in found] == [
        datetime(2022, 5, day + days, 10, tzinfo=NEW_YORK) for day in (10, 11, 12)
    ]
    assert {session.sequence for session in found} == {1}
    cancelled.refresh_from_db()
    assert cancelled.starts_at == ny(2022, 5, 10, 10)
    assert len(Change.objects.get(kind="moved").what["sessions"]) == 3


def test_a_session_that_stays_where_another_one_comes_is_refused_with_a_sentence(forum, dalia):
    room = forum.meeting_rooms.create(name="Chamber")
    first, second = (
        forum.sessions.create(
            slug=f"day-{day}",
            kind="other",
            title=f"Day {day}",
            room=room,
            starts_at=ny(2022, 5, day, 10),
            ends_at=ny(2022, 5, day, 13),
        )
        for day in (10, 11)
    )
    tomorrow = {name: day + timedelta(days=1) for name, day in FIRST.items()}
    with pytest.raises(Refused, match="in one room at one time"):
        move(forum, dalia, tomorrow, sessions=[first])
    assert Forum.objects.get(pk=forum.pk).edition_of_dates == 1
    move(forum, dalia, tomorrow, sessions=[first, second])


# Two people ----------------------------------------------------------------------------------------------------------


def test_whoever_moves_second_overwrites_nothing(forum, dalia, elena):
    mine = Forum.objects.get(pk=forum.pk)
    move(forum, dalia)
    with pytest.raises(MovedMeanwhile):
        move(mine, elena, {"first_day": date(2022, 5, 24), "last_day": date(2022, 5, 27)})
    assert Forum.objects.get(pk=forum.pk).first_day == SLIPPED["first_day"]
    assert forum.former_dates.count() == 1


def test_what_was_not_shown_is_not_done(forum, dalia):
    shown = operations.follows(forum, **SLIPPED, at=AT).digest
    make_call(forum, opens_at=ny(2022, 1, 3), closes_at=ny(2022, 3, 1, 17))
    with pytest.raises(MovedMeanwhile, match="Something changed since you looked"):
        move(forum, dalia, seen=shown)
    move(forum, dalia, seen=operations.follows(forum, **SLIPPED, at=AT).digest)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_move_at_once_move_once():
    make_rules()
    people = [make_user(staff=True) for _ in range(2)]
    forum = make_forum("2022", year=2022, first_day=None, last_day=None, status="announced")
    operations.date_forum(forum, **FIRST, by=people[0], at=AT)
    days = [SLIPPED, {"first_day": date(2022, 5, 24), "last_day": date(2022, 5, 27)}]
    start, answers = threading.Barrier(2), []

    def press(person, chosen):
        try:
            seen = Forum.objects.get(pk=forum.pk)
            start.wait()
            move(seen, person, chosen)
            answers.append("moved")
        except MovedMeanwhile:
            answers.append("told that somebody was faster")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=each) for each in zip(people, days, strict=True)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(answers) == ["moved", "told that somebody was faster"]
    assert (forum.former_dates.count(), Change.objects.filter(kind="moved").count()) == (1, 1)


# Those who were told ---------------------------------------------------------------------------------------------------

WEEK = timedelta(days=7)
NOTICED = ny(2022, 1, 18, 12)  # 28 days before the report of the first dates


def sent(at):
    """Let everything that is due go out."""
    operations.send_due_letters(at=at)


def corrections(**which):
    return Letter.objects.filter(kind="forums/dates_moved", **which).order_by("written_at", "to")


def waiting():
    return list(Letter.objects.filter(sent_at=None, held=False, failed=False))


def moved_by(forum, by, who, at):
    forum.refresh_from_db()
    days = {"first_day": forum.first_day + by, "last_day": forum.last_day + by}
    return move(forum, who, days, at=at)


@pytest.mark.parametrize("by", [WEEK, -WEEK])
def test_moved_before_any_notice_those_responsible_hear_of_it_once_and_notices_follow_the_new_day(forum, dalia, by):
    moved_by(forum, by, dalia, AT)
    [letter] = corrections()
    assert (letter.to, letter.forum) == (dalia.email, forum)
    assert MilestoneNotice.objects.count() == 0
    new_day = date(2022, 2, 15) + by
    operations.announce_milestones(at=ny(new_day.year, new_day.month, new_day.day, 12) - timedelta(days=28))
    [notice] = MilestoneNotice.objects.all()
    assert (notice.due_on, notice.days_before) == (new_day, 28)


@pytest.mark.parametrize("by", [WEEK, -WEEK])
def test_moved_after_a_notice_went_out_each_who_was_told_gets_one_correction(forum, dalia, elena, by):
    report = forum.milestones.get(kind="report")
    report.responsible = elena
    report.save()
    operations.announce_milestones(at=NOTICED)
    sent(NOTICED)
    forum.milestones.filter(pk=report.pk).update(responsible=None)  # elena no longer answers for it, but was told
    moved_by(forum, by, dalia, NOTICED + timedelta(hours=1))
    assert [letter.to for letter in corrections()] == [dalia.email, elena.email]
    for letter in corrections():
        first = FIRST["first_day"] + by
        assert "Former days: from Tuesday 10 May 2022 to Friday 13 May 2022." in letter.text
        assert f"New days: from Tuesday {first.day} May 2022" in letter.text
        assert WHY in letter.text
        assert "Report of the Secretary-General: " in letter.text
        assert "(formerly Tuesday 15 February 2022)" in letter.text
    sent(NOTICED + timedelta(hours=2))
    operations.announce_milestones(at=NOTICED + timedelta(hours=3))
    assert corrections().count() == 2  # nothing is sent twice


def test_a_notice_that_was_not_sent_never_goes_out_once_its_day_moved(forum, dalia):
    operations.announce_milestones(at=NOTICED)
    [notice] = Letter.objects.all()
    moved_by(forum, WEEK, dalia, NOTICED + timedelta(minutes=1))
    notice.refresh_from_db()
    assert (notice.held, notice.sent_at) == (True, None)
    assert "Superseded by new dates" in notice.last_error
    assert [letter.kind for letter in waiting()] == ["forums/dates_moved"]
    sent(NOTICED + timedelta(hours=1))
    notice.refresh_from_db()
    assert notice.sent_at is None


def test_nobody_at_the_desk_lets_a_superseded_letter_go(forum, dalia):
    operations.announce_milestones(at=NOTICED)
    [notice] = Letter.objects.all()
    moved_by(forum, WEEK, dalia, NOTICED + timedelta(minutes=1))
    for verb in (operations.release, partial(operations.send_now, at=NOTICED), partial(operations.send_again, at=NOTICED)):
        with pytest.raises(Refused, match="days that hold no longer"):
            verb(Letter.objects.get(pk=notice.pk))


def test_a_notice_of_a_day_that_does_not_move_stays(forum, dalia):
    at = ny(2022, 4, 15, 12)  # 28 days before the declaration
    forum.milestones.exclude(kind="declaration").update(met_on=date(2022, 1, 3))
    operations.announce_milestones(at=at)
    [notice] = Letter.objects.all()
    move(forum, dalia, {"first_day": date(2022, 5, 11), "last_day": date(2022, 5, 13)}, at=at)
    notice.refresh_from_db()
    assert not notice.held


def test_moved_twice_before_anything_is_sent_only_the_newest_correction_goes_out(forum, dalia):
    operations.announce_milestones(at=NOTICED)
    sent(NOTICED)
    moved_by(forum, WEEK, dalia, NOTICED + timedelta(minutes=1))
    moved_by(forum, WEEK, dalia, NOTICED + timedelta(minutes=2))
    [letter] = [letter for letter in waiting() if letter.kind == "forums/dates_moved"]
    assert "New days: from Tuesday 24 May 2022" in letter.text
    assert "Former days: from Tuesday 10 May 2022" in letter.text  # what this person was told last
    sent(NOTICED + timedelta(hours=1))
    assert corrections(sent_at__isnull=False).count() == 1
    assert forum.former_dates.count() == 2


def test_who_was_corrected_and_sees_the_forum_move_again_is_corrected_from_what_was_told_last(forum, dalia):
    operations.announce_milestones(at=NOTICED)
    sent(NOTICED)
    moved_by(forum, WEEK, dalia, NOTICED + timedelta(minutes=1))
    sent(NOTICED + timedelta(minutes=2))
    moved_by(forum, -WEEK, dalia, NOTICED + timedelta(minutes=3))
    _first, second = corrections()
    assert "New days: from Tuesday 10 May 2022" in second.text
    assert "Former days: from Tuesday 17 May 2022" in second.text


def test_moved_away_and_back_before_anything_is_sent_nobody_is_told_of_what_they_know(forum, dalia):
    operations.announce_milestones(at=NOTICED)
    sent(NOTICED)
    moved_by(forum, WEEK, dalia, NOTICED + timedelta(minutes=1))
    moved_by(forum, -WEEK, dalia, NOTICED + timedelta(minutes=2))
    assert [letter for letter in waiting() if letter.kind == "forums/dates_moved"] == []
    assert [former.edition for former in forum.former_dates.all()] == [1, 2]


def test_a_notice_that_was_held_back_is_told_afresh_when_its_day_holds_again(forum, dalia):
    operations.announce_milestones(at=NOTICED)
    moved_by(forum, WEEK, dalia, NOTICED + timedelta(minutes=1))
    moved_by(forum, -WEEK, dalia, NOTICED + timedelta(minutes=2))
    operations.announce_milestones(at=NOTICED + timedelta(days=1))
    sent(NOTICED + timedelta(days=1))
    [told] = Letter.objects.filter(kind="forums/milestone_due", sent_at__isnull=False)
    assert "Tuesday 15 February 2022" in told.text
    assert MilestoneNotice.objects.get().letter == told


def test_between_two_notices_the_one_to_come_follows_and_the_one_sent_is_not_repeated(forum, dalia):
    operations.announce_milestones(at=NOTICED)
    sent(NOTICED)
    moved_by(forum, WEEK, dalia, NOTICED + timedelta(days=3))
    sent(NOTICED + timedelta(days=3))
    for day in range(4, 36):
        operations.announce_milestones(at=NOTICED + timedelta(days=day))
        sent(NOTICED + timedelta(days=day))
    report = forum.milestones.get(kind="report")
    told = list(
        report.notices.filter(due_on=date(2022, 2, 22)).order_by("-days_before").values_list("days_before", flat=True)
    )
    assert told == [14, 7, 2, 0]
    assert report.notices.filter(due_on=date(2022, 2, 15)).count() == 1
    assert corrections().count() == 1


def test_the_letter_is_written_in_the_language_of_each_person(forum, dalia):
    amal = make_user("amal", staff=True, language="ar")
    forum.managers.add(amal)
    move(forum, dalia)
    letters = {letter.to: letter for letter in corrections()}
    assert (letters[amal.email].language, letters[dalia.email].language) == ("ar", "en")
    assert 'dir="rtl"' in letters[amal.email].html


def test_without_the_holding_back_an_outdated_notice_would_go_out(forum, dalia, monkeypatch):
    """The control: the test above can fail."""
    monkeypatch.setattr("forums.operations.correcting.hold_back", lambda forum, at: None)
    operations.announce_milestones(at=NOTICED)
    moved_by(forum, WEEK, dalia, NOTICED + timedelta(minutes=1))
    sent(NOTICED + timedelta(hours=1))
    [outdated] = Letter.objects.filter(kind="forums/milestone_due", sent_at__isnull=False)
    assert "Tuesday 15 February 2022" in outdated.text
