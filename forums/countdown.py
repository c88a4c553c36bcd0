"""How long it is until something, in words: to the day of the forum's own city, then to the hour, then to the minute.

Pure. Words of less than two days are refined by static/js/countdown.js, which follows the same rule.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.timeline import Standing, end_of_day
from forums.windows import Phase

IN_DAYS_FROM = timedelta(hours=48)


def until_day(day: date, at: datetime, zone: ZoneInfo) -> str:
    """In 12 days; today, from its first moment in that zone. A day that is over is nothing to wait for."""
    days = (day - at.astimezone(zone).date()).days
    if days < 0:
        return ""
    return ngettext("In %(days)d day", "In %(days)d days", days) % {"days": days} if days else _("Today")


def until_instant(instant: datetime, at: datetime, zone: ZoneInfo) -> str:
    """In 12 days, as the calendar of that zone counts them; within 48 hours the hours that are left, then the minutes."""
    left = instant - at
    if left >= IN_DAYS_FROM:
        return until_day(instant.astimezone(zone).date(), at, zone)
    if left <= timedelta(0):
        return ""
    minutes = int(left.total_seconds() // 60)
    if minutes >= 60:
        return ngettext("In %(hours)d hour", "In %(hours)d hours", minutes // 60) % {"hours": minutes // 60}
    if minutes:
        return ngettext("In %(minutes)d minute", "In %(minutes)d minutes", minutes) % {"minutes": minutes}
    return _("In less than a minute")


@dataclass(frozen=True)
class Next:
    """The next entry that somebody waits for, and how long it is until then."""

    entry: object
    left: str
    instant: datetime | None  # only where a clock time decides


def next_of(entries, at: datetime) -> Next | None:
    """The nearest of: a call that closes or opens, a duty that is due, the first day of the forum."""
    waited = [entry for entry in entries if _is_waited_for(entry, at)]
    if not waited:
        return None
    entry = min(waited, key=_moment)
    if entry.instant:
        return Next(entry, until_instant(entry.instant, at, entry.zone), entry.instant)
    return Next(entry, until_day(entry.day, at, entry.zone), None)


def _is_waited_for(entry, at) -> bool:
    if entry.state:
        return entry.state.standing in (Standing.AHEAD, Standing.DUE_SOON)
    if entry.window:
        phase = entry.window.phase(at)
        return entry.instant > at and (phase is Phase.OPEN or entry.instant == entry.window.opens_at)
    return bool(entry.moment) and entry.moment > at


def _moment(entry) -> datetime:
    """A duty may be met until its day ends."""
    return end_of_day(entry.day, entry.zone) if entry.state else entry.moment
