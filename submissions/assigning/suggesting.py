"""Inputs whose reviewer is not likely to decide them: away, gone from the desk, in conflict, outside their scope, late."""

from datetime import timedelta

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from submissions.assigning.candidates import candidates, classed
from submissions.models import Submission, SubmissionStep

MOST = 50
LATE = timedelta(days=10)
WHY = {
    "gone": _("Its reviewer reviews no more."),
    "conflict": _("Its reviewer has a conflict of interest with it."),
    "scope": _("It lies outside what its reviewer works on."),
    "away": _("Its reviewer is away."),
    "late": _("It has waited for ten days."),
}


def to_be_handed_over(user, *, at) -> list:
    """Pairs of input and reason, the oldest first; six statements. Suggestions only: nothing is handed over by itself."""
    last = SubmissionStep.objects.filter(submission=OuterRef("pk")).order_by("-at", "-pk").values("at")[:1]
    held = Submission.objects.visible_to(user).filter(status__in=("submitted", "under_review"), reviewer__isnull=False)
    known = {candidate.pk: candidate for candidate in candidates(at.date())}
    found = []
    for thing in classed(held.annotate(since=Subquery(last)).order_by("since", "pk")[:2000]):
        why = _why(thing, known.get(thing.reviewer_id), at)
        if why:
            found.append((thing, WHY[why]))
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
