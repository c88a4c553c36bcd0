"""Derived dates: one pure function of the forum's first day, by calendar weeks; and where a duty stands at an instant."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

SOON = timedelta(days=28)


def due_day(first_day: date, *, weeks: int = 0, days: int = 0) -> date:
    """The last day on which a duty "at least so many weeks before the forum" is still met (A/RES/73/326).

    A duty counted in weeks is a date, so calendar days are subtracted, never seconds: twelve weeks before 5 May 2026
    is 10 February in New York, although 84 times 24 hours before midnight there falls on 9 February.
    """
    return first_day - timedelta(weeks=weeks, days=days)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of the next day in that zone: from here on the duty is overdue."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=zone)


class Standing(Enum):
    UNDATED = "undated"
    AHEAD = "ahead"
    DUE_SOON = "due_soon"
    MET = "met"
    MET_LATE = "met_late"
    OVERDUE = "overdue"
    WAIVED = "waived"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True)
class State:
    """A standing and how many days: to go, early, late or overdue; never negative."""

    standing: Standing
    days: int = 0


def state(
    *, due_on: date | None, met_on: date | None, waived: bool, at: datetime, zone: ZoneInfo, held: bool = False
) -> State:
    """Where a duty stands: met on or before its day, overdue from the first moment of the next day in the zone.

    Once the forum was held, a day that nobody recorded says nothing about the duty: it is not recorded, not overdue.
    """
    if due_on is None:
        return State(Standing.UNDATED)
    if met_on is not None:
        if met_on <= due_on:
            return State(Standing.MET, (due_on - met_on).days)
        return State(Standing.MET_LATE, (met_on - due_on).days)
    if waived:
        return State(Standing.WAIVED)
    today = at.astimezone(zone).date()
    if today > due_on:
        return State(Standing.NOT_RECORDED) if held else State(Standing.OVERDUE, (today - due_on).days)
    return State(Standing.DUE_SOON if due_on - today <= SOON else Standing.AHEAD, (due_on - today).days)
