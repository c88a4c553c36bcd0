"""What is due next, as instants: duties, openings and closings of calls, reminders of unsent drafts. Pure reading."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accreditation.notifications import people_of
from forums import timeline
from forums.models import Call, Milestone
from submissions.models import Submission
from submissions.operations.reminding import DAYS_BEFORE


@dataclass(frozen=True, order=True)
class Due:
    """One coming instant, in the zone of its forum; how many people a letter will tell, 0 where none is sent."""

    at: datetime
    kind: str
    forum: str
    what: str
    recipients: int = 0

    def as_dict(self) -> dict:
        return {
            "due": self.at.isoformat(),
            "kind": self.kind,
            "forum": self.forum,
            "what": self.what,
            "recipients": self.recipients,
        }


def coming(at) -> list[Due]:
    """Everything after that instant, soonest first; duties that are overdue stand before it."""
    return sorted([*duties(at), *windows(at), *reminders(at)])


def duties(at):
    """Duties of dated forums that are neither met nor waived; the first moment at which each is overdue."""
    milestones = Milestone.objects.filter(met_on__isnull=True, waived_because="", forum__first_day__isnull=False)
    for milestone in milestones.exclude(forum__status="held").select_related("forum"):
        forum = milestone.forum
        end = timeline.end_of_day(milestone.due_on, forum.zone)
        yield Due(end, "milestone", forum.slug, str(milestone), recipients=1 if forum.desk_email else 0)


def windows(at):
    for call in Call.objects.filter(recorded_by_desk_only=False).select_related("forum"):
        for kind, instant in (("call opens", call.opens_at), ("call closes", call.closes_at)):
            if instant and instant > at:
                yield Due(instant.astimezone(call.forum.zone), kind, call.forum.slug, str(call))


def reminders(at):
    """Reminders that unsent drafts will bring, as things are now: one for each draft, distance and person."""
    for call in Call.objects.for_inputs().open(at).exclude(closes_at=None).select_related("forum"):
        drafts = Submission.objects.filter(call=call, status="draft").select_related("organisation")
        people = sum(len(people_of(draft.organisation)) for draft in drafts)
        for days in DAYS_BEFORE if people else ():
            instant = call.closes_at - timedelta(days=days)
            if instant > at:
                what = f"{call} (closes in {days} d)"
                yield Due(instant.astimezone(call.forum.zone), "draft reminder", call.forum.slug, what, people)
