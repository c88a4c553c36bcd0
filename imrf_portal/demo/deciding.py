"""A decision that is staged and not announced, and a request for a second person, so that their rooms show life."""

from datetime import timedelta

from forums import operations as ground
from forums.second_person_acts import EXTEND
from submissions import operations
from submissions.models import Submission

REASON = "It is the text of another forum, sent by mistake (demonstration)."
STORM = "A storm closed many offices (demonstration)."


def decide_later(forum, cast, *, at):
    """One input under review waits for the first answers; the closing of its call is asked to move."""
    waiting = Submission.objects.filter(call__forum=forum, status="under_review", reviewer__isnull=False)
    submission = waiting.select_related("call__forum", "reviewer").order_by("-pk").first()
    if submission is not None:
        to = operations.open_round(submission.call, name="First answers", by=submission.reviewer, at=at)
        words = {"reason": REASON, "ground": "duplicate"}
        operations.stage(submission, round=to, decision="decline", words=words, by=submission.reviewer, at=at)
    call = forum.calls.filter(purpose="input", opens_at__lte=at, closes_at__gt=at).order_by("closes_at", "pk").first()
    if call is not None:
        closes_at = (call.closes_at + timedelta(days=7)).isoformat()
        args = {
            "call": call.pk,
            "closes_at": closes_at,
            "reason": STORM,
            "authority": "Co-facilitators",
            "told": "concerned",
        }
        by = cast.desk["administrator"][0]
        ground.ask_second_person(EXTEND, subject=f"call:{call.pk}", args=args, reason=STORM, by=by, at=at)
