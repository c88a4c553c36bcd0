"""What follows from a first day: counted by calendar, on the wall clocks of the forum's city, shown before it is stored."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from forums.models import Call, Forum, Milestone, Session
from forums.moving import due_with, shifted
from forums.planning import against_days, plan

NEW_YORK = ZoneInfo("America/New_York")
AT = datetime(2026, 1, 20, 12, tzinfo=UTC)
REPORT = {"kind": "report", "name": "Report", "weeks_before": 12, "resolution": "A/RES/73/326", "paragraph": "14"}
NOTE = {"kind": "note", "name": "Note", "weeks_before": 6, "resolution": "A/RES/73/326", "paragraph": "22"}
HEARING = {"kind": "hearing", "name": "Hearing", "days_before": 1, "resolution": "A/RES/73/326", "paragraph": "15"}
DECLARATION = {"kind": "declaration", "name": "Declaration", "on_last_day": True}
DUTIES = (REPORT, NOTE, HEARING, DECLARATION)


def a_forum(first=None, last=None, year=2026, zone="America/New_York"):
    return Forum(slug=str(year), year=year, first_day=first, last_day=last, time_zone=zone, status="dated")


def duties_of(forum, *columns):
    return [Milestone(forum=forum, **each) for each in columns or DUTIES]


def a_call(forum, *, opens=None, closes=None, **fields):
    return Call(pk=1, forum=forum, name="Inputs", opens_at=opens, closes_at=closes, **fields)


def ny(*moment):
    return datetime(*moment, tzinfo=NEW_YORK).astimezone(UTC)


# Duties --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-05-05", "2026-05-08", ["2026-02-10", "2026-03-24", "2026-05-04", "2026-05-08"]),
        ("2022-05-10", "2022-05-13", ["2022-02-15", "2022-03-29", "2022-05-09", "2022-05-13"]),
        ("2022-05-17", "2022-05-20", ["2022-02-22", "2022-04-05", "2022-05-16", "2022-05-20"]),
        ("2028-05-23", "2028-05-26", ["2028-02-29", "2028-04-11", "2028-05-22", "2028-05-26"]),  # a leap day
        ("2030-03-05", "2030-03-08", ["2029-12-11", "2030-01-22", "2030-03-04", "2030-03-08"]),
    ],
)
def test_duties_follow_by_calendar(first, last, days):
    forum = a_forum(year=int(first[:4]))
    follows = plan(
        forum,
        first_day=date.fromisoformat(first),
        last_day=date.fromisoformat(last),
        duties=duties_of(forum),
        at=datetime(2020, 1, 1, tzinfo=UTC),
    )
    assert [duty.becomes.isoformat() for duty in follows.duties] == days
    assert [duty.was for duty in follows.duties] == [None] * 4


def test_seconds_instead_of_days_would_give_another_day():
    """The control: twelve weeks of seconds before midnight in New York fall on the ninth."""
    midnight = datetime(2026, 5, 5, tzinfo=NEW_YORK).astimezone(UTC)
    assert (midnight - timedelta(weeks=12)).astimezone(NEW_YORK).date() == date(2026, 2, 9)


def test_old_and_new_day_of_each_duty_stand_side_by_side():
    forum = a_forum(date(2022, 5, 10), date(2022, 5, 13), year=2022)
    at = datetime(2022, 1, 5, 12, tzinfo=UTC)
    moved = plan(forum, first_day=date(2022, 5, 17), last_day=date(2022, 5, 20), duties=duties_of(forum), at=at)
    report, note, _hearing, declaration = moved.duties
    assert (report.was, report.becomes, report.days) == (date(2022, 2, 15), date(2022, 2, 22), 48)
    assert (note.was, note.becomes) == (date(2022, 3, 29), date(2022, 4, 5))
    assert (declaration.was, declaration.becomes) == (date(2022, 5, 13), date(2022, 5, 20))
    assert (report.rule, report.thing.basis) == (
        "at least 12 weeks before the first day of the forum",
        "A/RES/73/326, paragraph 14",
    )
    assert (moved.shift, moved.warnings) == (7, ())


def test_what_would_be_past_already_is_said():
    forum = a_forum()
    late = plan(forum, first_day=date(2026, 4, 7), last_day=date(2026, 4, 10), duties=duties_of(forum, REPORT), at=AT)
    assert late.duties[0].warnings == ("This day is already past, by 7 days.",)
    on_the_day = plan(forum, first_day=date(2026, 4, 14), last_day=date(2026, 4, 17), duties=duties_of(forum, REPORT), at=AT)
    assert (on_the_day.duties[0].days, on_the_day.duties[0].warnings) == (0, ())


def test_a_waived_duty_is_not_called_past_and_a_met_one_only_if_it_would_count_as_late():
    forum = a_forum()
    waived, met = duties_of(forum, {**REPORT, "waived_because": "Agreed."}, {**NOTE, "met_on": date(2026, 1, 15)})
    days = {"first_day": date(2026, 2, 24), "last_day": date(2026, 2, 27)}
    assert [each.warnings for each in plan(forum, **days, duties=[waived, met], at=AT).duties] == [
        (),
        ("It would count as met 2 days late.",),
    ]


def test_a_hearing_that_was_held_does_not_move_with_the_forum():
    forum = a_forum(date(2026, 1, 20), date(2026, 1, 23))
    held = duties_of(forum, {**HEARING, "met_on": date(2026, 1, 19)})
    moved = plan(forum, first_day=date(2026, 1, 27), last_day=date(2026, 1, 30), duties=held, at=AT)
    assert moved.duties[0].warnings == ("It was held on 19 January 2026, which is not the day before the new first day.",)


def test_days_that_are_past_or_of_another_year_are_warned_of():
    forum = a_forum()
    assert plan(forum, first_day=date(2025, 5, 6), last_day=date(2025, 5, 9), duties=[], at=AT).warnings == (
        "The first day is already past.",
        "The first day is not in 2026, the year by which this forum is known.",
    )


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (date(2026, 5, 5), date(2026, 5, 8), ""),
        (date(2026, 5, 5), date(2026, 5, 5), ""),
        (date(2026, 5, 8), date(2026, 5, 5), "The last day is before the first day. Check both dates."),
        (date(2026, 5, 5), None, "A dated forum has a first day and a last day. Fill in both."),
        (None, None, "A dated forum has a first day and a last day. Fill in both."),
        (date(1, 1, 1), date(1, 1, 4), "This forum is known by the year 2026. Check the years of both dates."),
        (date(2026, 5, 5), date(9999, 12, 31), "This forum is known by the year 2026. Check the years of both dates."),
    ],
)
def test_days_that_make_no_sense_are_refused_with_a_sentence(first, last, sentence):
    assert against_days(a_forum(), first, last) == sentence


FIRST_DAYS = st.dates(date(2022, 1, 1), date(2050, 12, 31))


@given(FIRST_DAYS, st.integers(0, 60))
def test_a_duty_counted_in_weeks_is_due_on_the_weekday_of_the_first_day(first, weeks):
    duty = SimpleNamespace(weeks_before=weeks, days_before=0, on_last_day=False)
    due = due_with(duty, first, first + timedelta(days=3))
    assert due == first - timedelta(days=7 * weeks)
    assert due.weekday() == first.weekday()


@given(FIRST_DAYS, FIRST_DAYS)
def test_a_later_forum_has_later_duties(one, other):
    def days(first):
        forum = a_forum(year=first.year)
        follows = plan(forum, first_day=first, last_day=first + timedelta(days=3), duties=duties_of(forum), at=AT)
        return [duty.becomes for duty in follows.duties]

    assert [a < b for a, b in zip(days(one), days(other), strict=True)] == [one < other] * 4


@given(FIRST_DAYS, st.integers(-200, 200).filter(bool))
def test_a_forum_that_moves_by_so_many_days_moves_every_duty_by_as_many(first, days):
    forum = a_forum(first, first + timedelta(days=3), year=first.year)
    by = timedelta(days=days)
    moved = plan(forum, first_day=first + by, last_day=first + by + timedelta(days=3), duties=duties_of(forum), at=AT)
    assert {duty.becomes - duty.was for duty in moved.duties} == {by}
    back = a_forum(first + by, first + by + timedelta(days=3), year=first.year)
    again = plan(back, first_day=first, last_day=first + timedelta(days=3), duties=duties_of(back), at=AT)
    assert [duty.becomes for duty in again.duties] == [duty.was for duty in moved.duties]


@given(FIRST_DAYS, st.times(), st.integers(-60, 60), st.sampled_from(["America/New_York", "Asia/Kathmandu", "Pacific/Apia"]))
def test_an_instant_that_moves_keeps_its_wall_clock(day, clock, days, key):
    zone = ZoneInfo(key)
    instant = datetime.combine(day, clock.replace(microsecond=0), tzinfo=zone).astimezone(UTC)
    wall = instant.astimezone(zone).replace(tzinfo=None, fold=0)
    try:
        moved = shifted(instant, days, zone).astimezone(zone)
    except ValidationError:
        return  # clocks skip this time on the other day
    assert moved.replace(tzinfo=None, fold=0) - wall == timedelta(days=days)
    assert moved.fold == 0


# Calls and sessions --------------------------------------------------------------------------------------------------


def moved_by(forum, days, *, calls=(), sessions=(), at=AT, chosen=None, duties=()):
    by = timedelta(days=days)
    return plan(
        forum,
        first_day=forum.first_day + by,
        last_day=forum.last_day + by,
        duties=duties,
        calls=calls,
        sessions=sessions,
        at=at,
        chosen=chosen,
    )


@pytest.fixture
def forum():
    return a_forum(date(2026, 5, 5), date(2026, 5, 8))


def test_a_closing_keeps_its_clock_time_over_a_change_of_the_clocks(forum):
    call = a_call(forum, opens=ny(2026, 1, 5, 9), closes=ny(2026, 3, 4, 17))
    [row] = moved_by(forum, 7, calls=[call]).calls
    assert (row.ends_was, row.ends) == (datetime(2026, 3, 4, 22, tzinfo=UTC), datetime(2026, 3, 11, 21, tzinfo=UTC))
    assert (row.begins, row.moves, row.problem) == (call.opens_at, True, "")  # it has opened: that is history


def test_a_time_that_clocks_skip_is_refused_with_a_sentence(forum):
    call = a_call(forum, closes=ny(2026, 3, 1, 2, 30))
    follows = moved_by(forum, 7, calls=[call])
    assert "skip 02:30" in follows.problems[0]
    assert follows.problems[0].startswith("“Inputs” cannot keep its clock time: ")
    assert moved_by(forum, 7, calls=[call], chosen=set()).problems == []


def test_a_time_that_clocks_show_twice_means_the_first(forum):
    call = a_call(forum, closes=ny(2026, 10, 25, 1, 30))
    [row] = moved_by(forum, 7, calls=[call]).calls
    assert row.ends == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_call_that_has_closed_never_moves(forum):
    [row] = moved_by(forum, 7, calls=[a_call(forum, opens=ny(2026, 1, 1), closes=AT)]).calls
    assert (row.moves, row.ends, row.stays) == (False, AT, "It has closed. A closing that is past never moves.")


def test_a_call_that_would_close_in_the_past_stands_against_the_move_unless_it_stays(forum):
    call = a_call(forum, opens=ny(2026, 1, 1), closes=ny(2026, 1, 24, 17))
    [sentence] = moved_by(forum, -7, calls=[call]).problems
    assert "“Inputs” would close on Saturday 17 January 2026, 17:00 New York (UTC−5), which is past." in sentence
    assert moved_by(forum, -7, calls=[call], chosen=set()).problems == []


def test_a_call_that_is_to_open_moves_whole_and_says_if_it_would_be_open_at_once(forum):
    call = a_call(forum, opens=ny(2026, 1, 23, 9), closes=ny(2026, 2, 24, 17))
    [row] = moved_by(forum, 7, calls=[call]).calls
    assert (row.begins, row.ends, row.warnings) == (ny(2026, 1, 30, 9), ny(2026, 3, 3, 17), ())
    assert moved_by(forum, -7, calls=[call]).calls[0].warnings == ("It would be open at once.",)


def test_a_call_that_would_close_too_late_for_the_duty_it_feeds_is_warned_of(forum):
    report = Milestone(pk=5, forum=forum, **REPORT)
    call = a_call(forum, opens=ny(2026, 1, 1), closes=ny(2026, 2, 9, 17), feeds=report)
    assert moved_by(forum, 7, calls=[call]).calls[0].warnings == ()
    [warning] = moved_by(forum, -7, calls=[call], chosen=set()).calls[0].warnings
    assert warning == ("It would close too late for “Report”, which is due on 3 February 2026 (A/RES/73/326, paragraph 14).")


def test_sessions_move_along_and_one_that_stays_outside_the_days_is_warned_of(forum):
    session = Session(
        pk=3, forum=forum, kind="opening", title="Opening", starts_at=ny(2026, 5, 7, 10), ends_at=ny(2026, 5, 7, 13)
    )
    [row] = moved_by(forum, 7, sessions=[session]).sessions
    assert (row.begins, row.ends, row.warnings) == (ny(2026, 5, 14, 10), ny(2026, 5, 14, 13), ())
    [row] = moved_by(forum, 7, sessions=[session], chosen=set()).sessions
    assert (row.moves, row.warnings) == (False, ("It would lie outside the days of the forum.",))


def test_a_forum_that_only_gets_longer_moves_no_call(forum):
    longer = plan(forum, first_day=forum.first_day, last_day=date(2026, 5, 9), duties=[], calls=[a_call(forum)], at=AT)
    assert (longer.shift, longer.calls) == (0, ())


def test_the_mark_of_what_was_shown_changes_with_what_follows_and_not_with_what_is_chosen(forum):
    call = a_call(forum, opens=ny(2026, 1, 1), closes=ny(2026, 2, 24, 17))
    shown = moved_by(forum, 7, calls=[call], duties=duties_of(forum))
    assert moved_by(forum, 7, calls=[call], duties=duties_of(forum), chosen=set()).digest == shown.digest
    assert moved_by(forum, 8, calls=[call], duties=duties_of(forum)).digest != shown.digest
    assert moved_by(forum, 7, calls=[call], duties=duties_of(forum, REPORT)).digest != shown.digest
    later = a_call(forum, opens=ny(2026, 1, 1), closes=ny(2026, 2, 25, 17))
    assert moved_by(forum, 7, calls=[later], duties=duties_of(forum)).digest != shown.digest
    met = duties_of(forum, {**REPORT, "met_on": date(2026, 1, 1)}, NOTE, HEARING, DECLARATION)
    assert moved_by(forum, 7, calls=[call], duties=met).digest != shown.digest
