"""One entry of a calendar file: a day, days, or an instant in a zone; and how it is written down. Pure.

The library of calendars is imported where one is written: a web process that serves no calendar file does not hold it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings

if TYPE_CHECKING:
    from icalendar import Event

OURS = "calendar.imrf-inputs"  # ends every UID, whatever the address of the site is
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)  # what nobody changed since the portal began


@dataclass(frozen=True)
class Entry:
    """`begins` and `ends` are days (the last one included) or instants (the end already outside)."""

    name: str  # of the thing, in the UID: milestone-7
    summary: str
    begins: date | datetime
    ends: date | datetime | None = None
    zone: ZoneInfo | None = None
    changed_at: datetime | None = None
    sequence: int = 0
    category: str = ""
    about: tuple[str, ...] = ()
    place: str = ""
    path: str = ""
    cancelled: bool = False
    warns: bool = False  # a day before
    busy: bool = False

    @property
    def uid(self) -> str:
        return f"{self.name}@{OURS}"

    @property
    def is_timed(self) -> bool:
        return isinstance(self.begins, datetime)

    @property
    def stamp(self) -> datetime:
        return (self.changed_at or BEGINNING).astimezone(UTC).replace(microsecond=0)

    def event(self) -> "Event":
        """As the library writes it: folded and escaped, days as days, instants with the name of their zone."""
        from icalendar import Event

        event = Event()
        event.add("uid", self.uid)
        event.add("summary", self.summary)
        event.add("dtstart", self._written(self.begins))
        if self.ends:
            event.add("dtend", self._written(self.ends if self.is_timed else self.ends + timedelta(days=1)))
        event.add("dtstamp", self.stamp)
        event.add("last-modified", self.stamp)
        event.add("sequence", self.sequence)
        event.add("status", "CANCELLED" if self.cancelled else "CONFIRMED")
        event.add("transp", "OPAQUE" if self.busy and not self.cancelled else "TRANSPARENT")
        texts = {"description": "\n".join(str(line) for line in self.about if line), "location": self.place}
        for name, text in texts.items():
            if text:
                event.add(name, text)
        if self.category:
            event.add("categories", [self.category])
        if self.path:
            event.add("url", settings.SITE_URL + self.path)
        if self.warns and not self.cancelled:
            event.add_component(self._warning())
        return event

    def _written(self, moment):
        """A day as it is. An instant by the clock of its zone; one that the clock shows a second time in autumn in UTC.

        RFC 5545 (3.3.5) reads such an hour as its first occurrence, so only UTC can say the second.
        """
        if not isinstance(moment, datetime):
            return moment
        local = moment.astimezone(self.zone)
        return moment.astimezone(UTC) if local.fold else local

    def _warning(self):
        from icalendar import Alarm

        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", self.summary)
        alarm.add("trigger", timedelta(days=-1))
        return alarm
