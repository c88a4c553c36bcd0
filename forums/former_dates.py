"""The history of a forum's days: every edition of its dates, and the day of each duty in each of them. Pure."""

from dataclasses import dataclass
from datetime import date

from forums.timeline import due_day


@dataclass(frozen=True)
class Edition:
    first_day: date
    last_day: date
    replaced_on: date | None = None  # never for the dates that hold now
    reason: str = ""
    holds: bool = False


def editions_of(forum, former) -> list[Edition]:
    """The dates that the forum had, in order, and those that hold now; nothing where they never changed."""
    editions = [Edition(each.first_day, each.last_day, each.replaced_on, each.reason) for each in former]
    if editions and forum.first_day:
        editions.append(Edition(forum.first_day, forum.last_day, holds=True))
    return editions


@dataclass(frozen=True)
class Moved:
    """A duty and the days on which it was due, one for each edition."""

    milestone: object
    days: tuple[date, ...]


def moved_duties(milestones, editions) -> list[Moved]:
    """What followed: each duty with its day in every edition of the dates."""
    return [Moved(each, tuple(_due(each, edition) for edition in editions)) for each in milestones] if editions else []


def _due(milestone, edition) -> date:
    counted_from = edition.last_day if milestone.on_last_day else edition.first_day
    return due_day(counted_from, weeks=milestone.weeks_before, days=milestone.days_before)
