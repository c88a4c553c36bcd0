"""What stands on the board: forums, their duties, the notices to come and those that were told. Reads nothing by itself."""

from dataclasses import dataclass
from datetime import datetime

from forums import notices
from forums.models import Forum, Milestone, MilestoneNotice, Release, Waiver
from forums.operations.milestones import recipients, works_here
from forums.timeline import Standing

OPEN = (Standing.UNDATED, Standing.AHEAD, Standing.DUE_SOON, Standing.OVERDUE)


@dataclass(frozen=True)
class Notice:
    """One notice to come: at which distance, from which instant on, to whom; `due` where the next sweep writes it."""

    distance: int
    instant: datetime
    recipients: list
    due: bool = False

    @property
    def word(self) -> str:
        return notices.in_words(self.distance)


@dataclass(frozen=True)
class Told:
    """One address that was told, or for which a letter was written ahead."""

    notice: MilestoneNotice
    overtaken: bool  # it names a day on which the duty is due no longer
    waits: bool  # its letter waits for its day

    @property
    def letter(self):
        return self.notice.letter

    @property
    def word(self) -> str:
        return notices.in_words(self.notice.days_before)


@dataclass(frozen=True)
class Duty:
    """A milestone as the board shows it at one instant."""

    milestone: Milestone
    state: object
    watched: bool
    coming: list
    told: list
    written: int  # letters in all, of which the newest are listed
    held: int  # those that wait for somebody to release them
    lost: int  # those that were given up or came back, and that nobody has seen to
    waiver: Waiver | None

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to see to it."""
        return self.state.standing in OPEN

    @property
    def has_something_to_show(self) -> bool:
        """Whether there is a day, a document or a waiver to show."""
        return bool(self.milestone.met_on or self.waiver or self.milestone.waived_because or self.milestone.documents.all())

    @property
    def left(self) -> bool:
        """Whether the responsible person does not work at the desk any more."""
        return self.milestone.responsible is not None and not works_here(self.milestone.responsible)

    @property
    def unanswered(self) -> bool:
        """Whether it has a day, is open, and nobody who works here answers for it."""
        return self.watched and not works_here(self.milestone.responsible)

    @property
    def unheard(self) -> bool:
        """Whether a notice would reach nobody at all."""
        return self.watched and not recipients(self.milestone, 0)


@dataclass(frozen=True)
class Course:
    """One forum on the board."""

    forum: Forum
    days: object  # an Entry of forums/calendar.py, None while it has no dates
    duties: list
    calls: list  # (call, phase)
    release: Release | None
    managers: list

    @property
    def overdue(self) -> int:
        return sum(duty.state.standing is Standing.OVERDUE for duty in self.duties)

    @property
    def unanswered(self) -> int:
        return sum(duty.unanswered for duty in self.duties)

    @property
    def lost(self) -> int:
        """Letters that were given up or came back, and that nobody has seen to."""
        return sum(duty.lost for duty in self.duties)
