"""A window in time: whether it is open is computed at each look, never stored. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.utils.translation import gettext_lazy as _


class Phase(Enum):
    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self):
        return {"not_yet": _("Not yet open"), "open": _("Open"), "closed": _("Closed")}[self.value]


@dataclass(frozen=True)
class Window:
    """From the opening instant to the closing instant; the closing instant itself is already outside."""

    opens_at: datetime | None
    closes_at: datetime | None

    def phase(self, at: datetime) -> Phase:
        if self.opens_at is None or at < self.opens_at:
            return Phase.NOT_YET
        return Phase.CLOSED if self.closes_at and at >= self.closes_at else Phase.OPEN

    def with_grace(self, seconds: int) -> "Window":
        """The same window with a closing that many seconds later, for sends already under way."""
        if not seconds or self.closes_at is None:
            return self
        return Window(self.opens_at, self.closes_at + timedelta(seconds=seconds))
