"""The course of a forum as a picture: entries become positions on a sheet, which a template writes as SVG. Pure.

From the earliest entry to the last day of the forum; day one is where the weeks are counted from. In a language that
is written from right to left time runs from right to left too.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from forums.drawing.axis import Tick, months, weeks
from forums.drawing.key import meanings
from forums.drawing.rows import Row, row_of, together
from forums.drawing.scale import NARROW, WIDE, Scale, Sheet, end_of, start_of

__all__ = ["NARROW", "WIDE", "Drawing", "draw"]


LEAST = timedelta(weeks=4)  # before day one, so that the days of the forum never fill the sheet


@dataclass(frozen=True)
class Drawing:
    sheet: Sheet
    height: int
    rows: tuple[Row, ...]
    weeks: tuple[Tick, ...]
    months: tuple[Tick, ...]
    day_one: int
    today: int | None  # None before the first entry and after the last day
    edge: int  # where a line of the sheet begins

    @property
    def foot(self) -> int:
        """Where the rows end and the axis begins."""
        return self.height - self.sheet.below

    @property
    def key(self) -> list[tuple[str, str]]:
        """What the shapes mean, those that are there."""
        looks = {each.look for row in self.rows for each in (*row.marks, *row.bars)}
        looks |= {"former"} if any(row.former for row in self.rows) else set()
        return [(look, word) for look, word in meanings() if look in looks]

    @property
    def today_anchor(self) -> str:
        """The word stands over its line, but never sticks out of the sheet."""
        room = 30
        near, far = self.today < room, self.today > self.sheet.width - room
        if not (near or far):
            return "middle"
        return "start" if near is (self.edge == 0) else "end"


def draw(entries, *, forum, at: datetime, sheet: Sheet = WIDE, mirrored: bool = False) -> Drawing | None:
    """The picture of these entries (forums/calendar.py); nothing while the forum has no days."""
    shown = [entry for entry in entries if entry.moment]
    if not (forum.first_day and shown):
        return None
    scale = _scale(shown, forum, sheet, mirrored)
    groups = together(shown)
    rows = tuple(row_of(group, place, scale, at) for place, group in enumerate(groups))
    return Drawing(
        sheet=sheet,
        height=sheet.above + sheet.row * len(rows) + sheet.below,
        rows=rows,
        weeks=weeks(forum.first_day, scale),
        months=months(scale),
        day_one=scale.x(start_of(forum.first_day, forum.zone)),
        today=scale.x(at) if scale.begins <= at <= scale.ends else None,
        edge=sheet.width if mirrored else 0,
    )


def _scale(entries, forum, sheet, mirrored) -> Scale:
    zone = forum.zone
    first = [forum.first_day - LEAST, *(entry.moment.astimezone(zone).date() for entry in entries)]
    first += [entry.met_on for entry in entries if entry.met_on]
    last = [forum.last_day, *(entry.moment.astimezone(zone).date() for entry in entries)]
    return Scale(start_of(min(first), zone), end_of(max(last), zone), zone, sheet, mirrored)
