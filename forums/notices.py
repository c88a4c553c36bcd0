"""When those responsible hear of a duty: four times before its day, on the day, then daily for a week and weekly. Pure.

Distances are days before the last day of the duty; negative ones are days overdue. Notices of a day go out from nine
o'clock on the wall of the forum's city, so that nobody is woken and every zone has the same working day.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

BEFORE = (28, 14, 7, 2, 0)
DAILY_FOR = 7  # days overdue
AT = time(9)


def working_day(at: datetime, zone: ZoneInfo) -> date:
    """The day whose notices are due at that instant: until nine in the morning still the day before."""
    local = at.astimezone(zone)
    return local.date() if local.time() >= AT else local.date() - timedelta(days=1)


def distance(days_to_go: int) -> int | None:
    """The notice that is due when so many days are left: the nearest one passed, so a late sweep sends one, not three."""
    if days_to_go >= 0:
        return min((days for days in BEFORE if days_to_go <= days), default=None)
    late = -days_to_go
    return -late if late <= DAILY_FOR else -(late - late % 7)


def day_of(due_on: date, distance: int) -> date:
    """The day on which the notice at this distance was to go out."""
    return due_on - timedelta(days=distance)


def instant_of(due_on: date, distance: int, zone: ZoneInfo) -> datetime:
    """The instant from which the notice at this distance may go out, in the forum's zone."""
    return datetime.combine(day_of(due_on, distance), AT, tzinfo=zone)


def coming(due_on: date, at: datetime, zone: ZoneInfo) -> list[int]:
    """The distances whose notices still lie ahead; of the weekly ones, which end only with the duty, the next."""
    days = (*BEFORE, *range(-1, -DAILY_FOR - 1, -1))
    ahead = [each for each in days if instant_of(due_on, each, zone) > at]
    if ahead:
        return ahead
    weeks = (working_day(at, zone) - due_on).days // 7
    return [-7 * (weeks + 1)]


def in_words(distance: int) -> str:
    """The distance of a notice from the day of its duty, in the reader's language."""
    if distance > 0:
        return ngettext("%(days)d day before", "%(days)d days before", distance) % {"days": distance}
    if distance == 0:
        return _("on the day")
    return ngettext("%(days)d day overdue", "%(days)d days overdue", -distance) % {"days": -distance}
