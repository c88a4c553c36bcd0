"""When those who follow something by mail are told: once a day, once a week. Pure."""

from datetime import UTC, datetime, time, timedelta

HOUR = time(8, tzinfo=UTC)
# A change is dated by when it was begun, and may be seen a moment later: a week is told once nothing of it can still come.
SETTLES_IN = timedelta(minutes=10)


def end_of_week(at: datetime) -> datetime:
    """The last Monday morning that has settled by then: a digest tells what changed before it."""
    end = end_of_day(at)
    return end - timedelta(days=end.weekday())


def end_of_day(at: datetime) -> datetime:
    """The last morning that has settled by then."""
    settled = at.astimezone(UTC) - SETTLES_IN
    end = datetime.combine(settled.date(), HOUR)
    return end if end <= settled else end - timedelta(days=1)


def week_in_key(end: datetime) -> str:
    """2026-W04: part of what makes a digest the only one of its week."""
    year, week, _day = end.isocalendar()
    return f"{year}-W{week:02}"
