from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums.timeline import Standing, State, due_day, end_of_day, state

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("first_day", "report", "notes", "hearing"),
    [
        (date(2022, 5, 17), date(2022, 2, 22), date(2022, 4, 5), date(2022, 5, 16)),
        (date(2022, 5, 10), date(2022, 2, 15), date(2022, 3, 29), date(2022, 5, 9)),
        (date(2026, 5, 5), date(2026, 2, 10), date(2026, 3, 24), date(2026, 5, 4)),
        (date(2028, 3, 1), date(2027, 12, 8), date(2028, 1, 19), date(2028, 2, 29)),
    ],
)
def test_dates_are_derived_from_the_first_day_by_the_calendar(first_day, report, notes, hearing):
    assert (due_day(first_day, weeks=12), due_day(first_day, weeks=6), due_day(first_day, days=1)) == (
        report,
        notes,
        hearing,
    )


def test_the_report_of_2022_was_57_days_early():
    due = due_day(date(2022, 5, 17), weeks=12)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    assert state(due_on=due, met_on=date(2021, 12, 27), waived=False, at=at, zone=NEW_YORK) == State(Standing.MET, 57)
    assert (date(2022, 5, 17) - date(2021, 12, 27)).days == 141


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 1, 12, 12, tzinfo=NEW_YORK), State(Standing.AHEAD, 29)),
        (datetime(2026, 1, 13, 12, tzinfo=NEW_YORK), State(Standing.DUE_SOON, 28)),
        (datetime(2026, 2, 10, 23, 59, 59, tzinfo=NEW_YORK), State(Standing.DUE_SOON, 0)),
        (datetime(2026, 2, 11, 0, 0, tzinfo=NEW_YORK), State(Standing.OVERDUE, 1)),
        (datetime(2026, 2, 11, 4, 59, 59, tzinfo=UTC), State(Standing.DUE_SOON, 0)),
        (datetime(2026, 2, 11, 5, 0, tzinfo=UTC), State(Standing.OVERDUE, 1)),
    ],
)
def test_a_duty_is_overdue_from_the_first_moment_of_the_next_day_in_the_zone(at, expected):
    assert state(due_on=date(2026, 2, 10), met_on=None, waived=False, at=at, zone=NEW_YORK) == expected


def test_a_late_report_says_by_how_many_days():
    at = datetime(2026, 3, 1, tzinfo=UTC)
    met = state(due_on=date(2026, 2, 10), met_on=date(2026, 2, 13), waived=False, at=at, zone=NEW_YORK)
    assert met == State(Standing.MET_LATE, 3)


def test_a_waived_duty_is_neither_due_nor_overdue_and_an_undated_one_has_no_day():
    at = datetime(2026, 3, 1, tzinfo=UTC)
    assert state(due_on=date(2026, 2, 10), met_on=None, waived=True, at=at, zone=NEW_YORK) == State(Standing.WAIVED)
    assert state(due_on=None, met_on=None, waived=False, at=at, zone=NEW_YORK) == State(Standing.UNDATED)


@pytest.mark.parametrize(
    ("met_on", "at", "expected"),
    [
        (None, datetime(2026, 11, 1, tzinfo=UTC), State(Standing.NOT_RECORDED)),
        (date(2026, 2, 13), datetime(2026, 11, 1, tzinfo=UTC), State(Standing.MET_LATE, 3)),
        (None, datetime(2026, 2, 1, tzinfo=UTC), State(Standing.DUE_SOON, 10)),
    ],
)
def test_a_duty_without_a_day_at_a_forum_that_was_held_is_not_recorded_rather_than_overdue(met_on, at, expected):
    found = state(due_on=date(2026, 2, 10), met_on=met_on, waived=False, at=at, zone=NEW_YORK, held=True)
    assert found == expected


def test_a_milestone_knows_that_its_forum_was_held(forum):
    at = datetime(2026, 11, 1, tzinfo=UTC)
    report = forum.milestones.create(
        kind="report", name="Report", weeks_before=12, resolution="A/RES/73/326", paragraph="14"
    )
    assert report.state(at).standing is Standing.OVERDUE
    forum.status = "held"
    assert report.state(at).standing is Standing.NOT_RECORDED


@given(st.dates(date(2022, 1, 1), date(2050, 12, 31)), st.integers(0, 60))
def test_weeks_before_fall_on_the_same_weekday_and_move_with_the_forum(first_day, weeks):
    due = due_day(first_day, weeks=weeks)
    assert due.weekday() == first_day.weekday()
    assert due_day(first_day + timedelta(days=7), weeks=weeks) - due == timedelta(days=7)


@given(
    st.dates(date(2022, 1, 1), date(2050, 12, 31)), st.sampled_from(["America/New_York", "Asia/Kathmandu", "Pacific/Apia"])
)
def test_the_end_of_a_day_is_midnight_in_the_zone(day, zone):
    end = end_of_day(day, ZoneInfo(zone))
    assert (end.astimezone(ZoneInfo(zone)) - timedelta(microseconds=1)).date() == day
