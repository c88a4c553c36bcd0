"""What is due next, as instants: duties and their notices, calls, reminders of drafts, sessions, forums. Pure reading."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Max

from accreditation.notifications import speakers
from forums import notices, timeline
from forums.models import Call, Forum, Session
from forums.operations.milestones import recipients, watched
from submissions.models import Submission
from submissions.operations.reminding import DAYS_BEFORE, reminder_at


@dataclass(frozen=True, order=True)
class Due:
    """One coming instant, in the zone of its forum; how many people a letter will tell, 0 where none is sent."""

    at: datetime
    kind: str
    forum: str
    what: str
    recipients: int = 0
    day: date | None = None  # the last day of a duty; the instant is the first moment after it

    def as_dict(self) -> dict:
        day = {"day": self.day.isoformat()} if self.day else {}
        return {
            "due": self.at.isoformat(),
            "kind": self.kind,
            "forum": self.forum,
            "what": self.what,
            "recipients": self.recipients,
            **day,
        }


def coming(at) -> list[Due]:
    """Everything after that instant, soonest first; duties that are overdue stand before it."""
    found = [*duties(at), *windows(at), *reminders(at), *sessions(at), *forums(at)]
    return sorted(found, key=lambda due: (due.at, due.kind, due.forum, due.what))


def duties(at):
    """Duties that are watched: the first moment at which each is overdue, and each notice that still lies ahead."""
    for milestone in watched():
        forum, due_on = milestone.forum, milestone.due_on
        end = timeline.end_of_day(due_on, forum.zone)
        yield Due(end, "milestone", forum.slug, str(milestone), len(recipients(milestone, -1)), due_on)
        if milestone.notices_held:
            continue
        for days in notices.coming(due_on, at, forum.zone):
            what = f"{milestone} ({days} d before)" if days >= 0 else f"{milestone} ({-days} d overdue)"
            instant = notices.instant_of(due_on, days, forum.zone)
            yield Due(instant, "milestone notice", forum.slug, what, len(recipients(milestone, days)))


def sessions(at):
    """Sessions that are planned and not cancelled."""
    for session in Session.objects.filter(starts_at__gt=at, cancelled_at__isnull=True).select_related("forum"):
        yield Due(session.starts_at.astimezone(session.forum.zone), "session begins", session.forum.slug, str(session))


def forums(at):
    """The first moment of the first day of each forum."""
    for forum in Forum.objects.filter(first_day__isnull=False):
        begins = datetime.combine(forum.first_day, time.min, tzinfo=forum.zone)
        if begins > at:
            yield Due(begins, "forum begins", forum.slug, str(forum), day=forum.first_day)


def windows(at):
    for call in Call.objects.filter(recorded_by_desk_only=False).select_related("forum"):
        for kind, instant in (("call opens", call.opens_at), ("call closes", call.closes_at)):
            if instant and instant > at:
                yield Due(instant.astimezone(call.forum.zone), kind, call.forum.slug, str(call))


def reminders(at):
    """Reminders that unsent drafts will bring, as things are now: one for each draft, distance and person."""
    calls = Call.objects.for_inputs().open(at).exclude(closes_at=None).select_related("forum")
    speaking = Counter(speakers().values_list("organisation_id", flat=True))
    for call in calls.annotate(moved_at=Max("extensions__at")):
        drafts = Submission.objects.filter(call=call, status="draft").values_list("organisation_id", flat=True)
        people = sum(speaking[organisation] for organisation in drafts)
        for days in DAYS_BEFORE if people else ():
            instant = reminder_at(call.closes_at, days, call.forum.zone)
            if instant > at and not (call.moved_at and instant <= call.moved_at):
                what = f"{call} (closes in {days} d)"
                yield Due(instant, "draft reminder", call.forum.slug, what, people)
