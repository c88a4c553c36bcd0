"""VTIMEZONE: a zone described by the clock changes that Python knows of it. Pure.

The library can derive one too, but begins summer time when the clock has already jumped (03:00 where RFC 5545 wants 02:00,
the clock before the change), an hour late for whoever reads it strictly; and it lists years of dates, of which some
programs read the first alone. Here the changes are searched in UTC, and those that come every year are said as a rule.
The library is imported where a zone is described: a web process that serves no calendar file does not hold it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

STEP = timedelta(days=7)  # no zone changes its clocks twice within a week
# Every file describes a zone alike, since some programs keep the first description of a zone that they meet.
FIRST_YEAR, LAST_YEAR = 2015, 2055
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Change:
    """`onset`: by the clock as it was before the change."""

    before: timedelta
    offset: timedelta
    name: str
    is_summer: bool
    onset: datetime

    @property
    def what(self):
        return self.before, self.offset, self.name, self.is_summer


@lru_cache(maxsize=64)
def described(key: str, first_year: int = FIRST_YEAR) -> "Timezone":
    """The zone from the beginning of that year on."""
    from icalendar import Timezone

    begins = datetime(first_year, 1, 1, tzinfo=UTC).astimezone(ZoneInfo(key))
    zone = Timezone()
    zone.add("tzid", key)
    zone.add_component(_part(Change(begins.utcoffset(), *_clock(begins), begins.replace(tzinfo=None))))
    changes = sorted(_changes(ZoneInfo(key), begins), key=lambda change: (str(change.what), change.onset))
    for _what, alike in groupby(changes, key=lambda change: change.what):
        for change, rule in _by_rule(list(alike)):
            zone.add_component(_part(change, rule))
    return zone


def _part(change, rule=None):
    from icalendar import TimezoneDaylight, TimezoneStandard

    part = TimezoneDaylight() if change.is_summer else TimezoneStandard()
    part.add("dtstart", change.onset)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.offset)
    part.add("tzname", change.name)
    if rule:
        part.add("rrule", rule)
    return part


def _by_rule(changes):
    """Each change on its own, but those that come every year to the end as the first of them with its rule."""
    rule, yearly = None, len(changes)
    for place in reversed(range(len(changes))):
        if changes[-1].onset.year < LAST_YEAR or (found := _rule(changes[place:])) is None:
            break
        rule, yearly = found, place
    singly = changes[:yearly] if rule else changes
    return [(change, None) for change in singly] + ([(changes[yearly], rule)] if rule else [])


def _rule(changes):
    """The yearly rule that gives exactly these changes, or None: second Sunday of March, last Sunday of October."""
    onsets = [change.onset for change in changes]
    years = [onset.year for onset in onsets]
    if years != list(range(years[0], years[0] + len(years))):
        return None
    if len({(onset.month, onset.weekday(), onset.time()) for onset in onsets}) > 1:
        return None
    weeks = {(onset.day - 1) // 7 + 1 for onset in onsets}
    if all((onset + timedelta(days=7)).month != onset.month for onset in onsets):
        weeks = {-1}
    if len(weeks) > 1:
        return None
    return {"FREQ": "YEARLY", "BYMONTH": onsets[0].month, "BYDAY": f"{weeks.pop()}{DAYS[onsets[0].weekday()]}"}


def _clock(local: datetime):
    return local.utcoffset(), local.tzname(), bool(local.dst())


def _changes(zone, begins):
    at = begins.astimezone(UTC)
    while at.year <= LAST_YEAR:
        old, new = at.astimezone(zone), (at + STEP).astimezone(zone)
        if _clock(old) != _clock(new):
            instant = _between(zone, at, at + STEP)
            yield Change(old.utcoffset(), *_clock(new), (instant + old.utcoffset()).replace(tzinfo=None))
        at += STEP


def _between(zone, before, after):
    """The first instant of the new time, to the second, by halves."""
    old = _clock(before.astimezone(zone))
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        before, after = (middle, after) if _clock(middle.astimezone(zone)) == old else (before, middle)
    return after
