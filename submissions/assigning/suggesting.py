"""Inputs whose reviewer is not likely to decide them: away, gone from the desk, in conflict, outside their scope, late."""

from datetime import timedelta

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from submissions.assigning.candidates import candidates, classed
from submissions.models import Submission, SubmissionStep

MOST, A_PIECE, LOOKED_AT = 50, 200, 2000
LATE = timedelta(days=10)
WHY = {
    "gone": _("Its reviewer reviews no more."),
    "conflict": _("Its reviewer has a conflict of interest with it."),
    "scope": _("It lies outside what its reviewer works on."),
    "away": _("Its reviewer is away."),
    "late": _("It has waited for ten days."),
}


def to_be_handed_over(user, *, at) -> list:
    """Pairs of input and reason, the oldest first. Suggestions only: nothing is handed over by itself.

    Five statements, and one for each piece that is looked through until there are enough, mostly the first.
    """
    last = SubmissionStep.objects.filter(submission=OuterRef("pk")).order_by("-at", "-pk").values("at")[:1]
    held = Submission.objects.visible_to(user).filter(status__in=("submitted", "under_review"), reviewer__isnull=False)
    known = {candidate.pk: candidate for candidate in candidates(at.date())}
    held, found = held.annotate(since=Subquery(last)).order_by("since", "pk"), []
    for first in range(0, LOOKED_AT, A_PIECE):
        things = classed(held[first : first + A_PIECE])
        reasons = ((thing, _why(thing, known.get(thing.reviewer_id), at)) for thing in things)
        found += [(thing, WHY[why]) for thing, why in reasons if why]
        if len(found) >= MOST or len(things) < A_PIECE:
            break
    return found[:MOST]


def _why(thing, reviewer, at) -> str:
    if reviewer is None:
        return "gone"
    if reviewer.is_in_conflict(thing):
        return "conflict"
    if not reviewer.works_on(thing):
        return "scope"
    if reviewer.away:
        return "away"
    return "late" if thing.since and at - thing.since > LATE else ""
