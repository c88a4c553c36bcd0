"""Sheets and the scale: where on a sheet an instant lies. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Sheet:
    """The measures of a picture, in its own units; a letter of the Latin script is about 6.6 of them wide."""

    name: str
    width: int
    row: int  # height of one
    above: int = 54  # months, years and the word over today's line
    below: int = 42  # weeks before day one
    margin: int = 12  # so that no mark sticks out
    week_room: int = 44  # between two numbers of weeks, at least
    month_room: int = 58
    beside: bool = True  # labels stand beside their marks, else above them


WIDE = Sheet("wide", width=1080, row=30)
NARROW = Sheet("narrow", width=340, row=42, week_room=34, month_room=46, beside=False)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    return start_of(day + timedelta(days=1), zone)


def noon_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(12), tzinfo=zone)


@dataclass(frozen=True)
class Scale:
    begins: datetime
    ends: datetime
    zone: ZoneInfo
    sheet: Sheet
    mirrored: bool = False

    def x(self, moment: datetime) -> int:
        """Where an instant lies; what is outside the time of the sheet lies at its edge."""
        begins, length = self.begins.timestamp(), self.ends.timestamp() - self.begins.timestamp()
        part = min(1.0, max(0.0, (moment.timestamp() - begins) / length))
        along = self.sheet.margin + part * (self.sheet.width - 2 * self.sheet.margin)
        return round(self.sheet.width - along if self.mirrored else along)

    @property
    def forwards(self) -> int:
        """The sign of later: to the right, or to the left where time is mirrored."""
        return -1 if self.mirrored else 1

    def room_after(self, x: int) -> int:
        return x if self.mirrored else self.sheet.width - x

    def room_before(self, x: int) -> int:
        return self.sheet.width - x if self.mirrored else x

    @property
    def edge(self) -> int:
        """Where a line of text begins."""
        return self.sheet.width if self.mirrored else 0


def width_of(text: str) -> int:
    """About how wide a text is in units of the sheet, generously: no font is measured."""
    return round(sum(_letter(ord(letter)) for letter in text))


def _letter(code: int) -> float:
    if code >= 0x2E80:
        return 13.5
    if 0x0600 <= code <= 0x06FF:
        return 6.1
    return 7.8 if 0x0400 <= code <= 0x04FF else 6.9


def cut(text: str, room: int) -> str:
    """The text as far as there is room for it; the list below the picture has it whole."""
    if width_of(text) <= room:
        return text
    while text and width_of(text) + 12 > room:
        text = text[:-1]
    return text.rstrip(" ,.;:") + "…"
