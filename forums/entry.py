"""Entry: one dated thing of a calendar, whatever it is; their order, and how many duties are met. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from forums.timeline import Standing, State
from forums.windows import Window


@dataclass(frozen=True)
class Entry:
    """One dated thing; a day has no zone, an instant is shown in the forum's."""

    kind: str  # duty, call, days, session, review
    title: str
    zone: ZoneInfo
    name: str = ""  # the part of the title that somebody wrote, where the portal's own words are around it
    language: str = ""  # the language of the name, where it is not the reader's
    day: date | None = None
    last_day: date | None = None
    instant: datetime | None = None
    until: datetime | None = None  # this instant is already outside
    window: Window | None = None
    former: tuple = ()  # when it was to close before it was extended
    basis: str = ""  # resolution and paragraph
    rule: str = ""  # how the day is counted, or what else there is to know
    rule_language: str = ""  # where it is not the reader's
    state: State | None = None
    waived_because: str = ""
    sort: str = ""  # what those of one day are called together
    word: str = ""  # in place of a state
    tone: str = "plain"
    mark: str = ""
    met_on: date | None = None
    days_ahead: int = 0  # from the day it was met to the first day of the forum
    documents: tuple = ()
    areas: tuple = ()  # of the regional commissions
    forum: object = None
    url: str = ""
    cancelled: bool = False
    call: object = None  # a call that takes inputs at this moment

    @property
    def moment(self) -> datetime | None:
        """Where it stands in the order: an instant itself, a day at its beginning."""
        if self.instant or self.day is None:
            return self.instant
        return datetime.combine(self.day, time.min, tzinfo=self.zone)

    def is_over(self, at) -> bool:
        if self.instant:
            return (self.until or self.instant) <= at
        return (self.last_day or self.day) < at.astimezone(self.zone).date()


def in_order(entries) -> list:
    """Undated ones first, as they were given; the others by day and clock."""
    dated = sorted((entry for entry in entries if entry.moment), key=lambda entry: entry.moment)
    return [entry for entry in entries if entry.moment is None] + dated


@dataclass(frozen=True)
class Tally:
    """How many duties there are, and how they stand."""

    duties: int
    met: int
    overdue: int
    waived: int
    not_recorded: int


def tally(entries) -> Tally:
    standings = [entry.state.standing for entry in entries if entry.state]
    return Tally(
        duties=len(standings),
        met=sum(standing in (Standing.MET, Standing.MET_LATE) for standing in standings),
        overdue=standings.count(Standing.OVERDUE),
        waived=standings.count(Standing.WAIVED),
        not_recorded=standings.count(Standing.NOT_RECORDED),
    )
