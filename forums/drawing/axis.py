"""The axis: weeks before day one, as the resolution counts them, and the months above them. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils import formats

from forums.drawing.scale import Scale, start_of

STEPS = (1, 2, 4, 8, 12, 26, 52, 104)


@dataclass(frozen=True)
class Tick:
    x: int
    label: str
    under: str = ""
    label_x: int = 0  # a month is written after its line


def weeks(first_day: date, scale: Scale) -> tuple[Tick, ...]:
    """Whole weeks before day one, as many as there is room for; the latest first."""
    span = (first_day - scale.begins.astimezone(scale.zone).date()).days
    for step in STEPS:
        days = range(0, max(0, span) + 1, 7 * step)
        ticks = [Tick(scale.x(start_of(first_day - timedelta(days=d), scale.zone)), str(d // 7)) for d in days]
        if _fit(ticks, scale.sheet.week_room):
            break
    return tuple(ticks)


def months(scale: Scale) -> tuple[Tick, ...]:
    """Months by their first day, the year under the first of them and under each January."""
    firsts = list(_firsts(scale))
    for step in (1, 2, 3, 6, 12):
        shown = [day for day in firsts if (day.month - 1) % step == 0]
        ticks = [Tick(scale.x(start_of(day, scale.zone)), formats.date_format(day, "M")) for day in shown]
        if _fit(ticks, scale.sheet.month_room):
            break
    years = [str(day.year) if day.month == 1 or day == shown[0] else "" for day in shown]
    room = scale.sheet.month_room
    return tuple(
        Tick(tick.x, tick.label, year, tick.x + 4 * scale.forwards)
        for tick, year in zip(ticks, years, strict=True)
        if scale.room_after(tick.x) >= room
    )


def _firsts(scale):
    day = scale.begins.astimezone(scale.zone).date()
    last = scale.ends.astimezone(scale.zone).date()
    if day.day > 1:
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    while day < last:
        yield day
        day = (day + timedelta(days=32)).replace(day=1)


def _fit(ticks, room) -> bool:
    return all(abs(one.x - other.x) >= room for one, other in pairwise(ticks))
