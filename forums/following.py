"""When those who follow the calendar once a week are told. Pure."""

from datetime import UTC, datetime, time, timedelta

HOUR = time(8, tzinfo=UTC)
# A change is dated by when it was begun, and may be seen a moment later: a week is told once nothing of it can still come.
SETTLES_IN = timedelta(minutes=10)


def end_of_week(at: datetime) -> datetime:
    """The last Monday morning that has settled by then: a digest tells what changed before it."""
    settled = at.astimezone(UTC) - SETTLES_IN
    monday = settled.date() - timedelta(days=settled.weekday())
    end = datetime.combine(monday, HOUR)
    return end if end <= settled else end - timedelta(weeks=1)


def week_in_key(end: datetime) -> str:
    """2026-W04: part of what makes a digest the only one of its week."""
    year, week, _day = end.isocalendar()
    return f"{year}-W{week:02}"
