"""What waits for the desk: sessions whose list of wishes has closed and whose speakers are still to be chosen."""

from django.db.models import Count, Q

from accreditation.models import SpeakingRequest
from forums.models import Call, Session
from forums.windows import Phase

Status = SpeakingRequest.Status


def sessions_with_wishes(forum=None):
    """Sessions in which somebody asked to speak: how many wait for an answer, and how many of those have no choice."""
    asked = Q(speaking_requests__status=Status.REQUESTED)
    found = Session.objects.filter(speaking_requests__isnull=False).select_related("forum")
    found = found.filter(forum__slug=forum) if forum else found
    counts = {
        "wishes": Count("speaking_requests", filter=~Q(speaking_requests__status=Status.WITHDRAWN)),
        "waiting": Count("speaking_requests", filter=asked),
        "open_choices": Count("speaking_requests", filter=asked & Q(speaking_requests__staged="")),
        "chosen": Count("speaking_requests", filter=Q(speaking_requests__status=Status.CHOSEN)),
        "reserve": Count("speaking_requests", filter=Q(speaking_requests__status=Status.RESERVE)),
    }
    return found.annotate(**counts).order_by("-forum__year", "starts_at", "pk")


def sessions_due(at) -> list:
    """Sessions that wait for their answer and take no more wishes, each with `closed_at`: since when, where it is known."""
    waiting = [session for session in sessions_with_wishes() if session.waiting]
    calls = Call.objects.filter(purpose=Call.Purpose.SPEAKING, forum__in={session.forum_id for session in waiting})
    by_forum = {}
    for call in calls:
        by_forum.setdefault(call.forum_id, []).append(call)
    due = []
    for session in waiting:
        mine = [call for call in by_forum.get(session.forum_id, ()) if _asks_for(call, session)]
        if session.cancelled_at or session.starts_at <= at or all(call.phase(at) is Phase.CLOSED for call in mine):
            session.closed_at = max((call.closes_at for call in mine if call.closes_at), default=None)
            due.append(session)
    return due


def _asks_for(call, session) -> bool:
    return call.round_table_id in (None, session.round_table_id)
