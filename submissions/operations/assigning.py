"""Giving inputs to reviewers, handing them over and taking them back; each change of the reviewer is kept as a row."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.refusals import IllegalMove, MovedMeanwhile, Refused
from submissions.models import Assignment, Submission


@transaction.atomic
def assign(submission, *, to, by, at, how=Assignment.How.CHOSEN):
    """Make `to` its reviewer, or nobody where that is None. The status stays: who got it begins by taking it up.

    Writes an Assignment, from which a sweep makes one letter for many. `by` is None for a rule that works by itself.
    Raises MovedMeanwhile when somebody was faster, Refused when there is nothing left to review or `to` may not read it.
    """
    hold_as_seen(submission)
    was = submission.reviewer
    if submission.status not in Submission.GIVEN_OUT:
        raise IllegalMove(
            _("This is “%(status)s”, so there is nothing left to review.") % {"status": submission.get_status_display()}
        )
    if to == was:
        raise Refused(_("They review it already.") if to else _("Nobody reviews it."))
    if to is not None and not _may_read(to, submission):
        raise Refused(_("This person cannot be given it. Choose another."))
    Submission.objects.filter(pk=submission.pk).update(reviewer=to)
    submission.reviewer = to
    return Assignment.objects.create(submission=submission, to=to, was=was, how=how, by=by, at=at)


def _may_read(person, submission) -> bool:
    """Reviews, and finds it; the same sentence for every reason, since a conflict of interest is told to overseers only."""
    if not (person.is_active and person.is_staff and person.has_perm("submissions.review_submission")):
        return False
    return Submission.objects.visible_to(person).filter(pk=submission.pk).exists()


def hold_as_seen(submission):
    """Lock the row; raises MovedMeanwhile where it has another status or another reviewer than this object knows."""
    held = Submission.objects.select_for_update(of=("self",), no_key=True).filter(pk=submission.pk)
    if (submission.status, submission.reviewer_id) not in held.values_list("status", "reviewer_id"):
        raise MovedMeanwhile(
            _("Somebody else has just changed this. Nothing was overwritten: open the page again to see what happened.")
        )


def take_back_from_conflicted(submission, *, by, at):
    """Take an input that is to be decided again from a reviewer for whom it was closed since; nothing otherwise."""
    theirs = Submission.objects.filter(pk=submission.pk, reviewer__isnull=False).select_related("reviewer").first()
    if theirs and Submission.objects.filter(pk=submission.pk).in_conflict_with(theirs.reviewer).exists():
        assign(theirs, to=None, by=by, at=at, how=Assignment.How.CONFLICT)
        submission.reviewer = None


@transaction.atomic
def take_back_conflicting(person, *, by, at) -> int:
    """Take from a person the inputs with which they have a conflict of interest; returns how many."""
    theirs = (
        Submission.objects.in_conflict_with(person).filter(reviewer=person, status__in=Submission.GIVEN_OUT).order_by("pk")
    )
    held = list(theirs.select_related("reviewer").select_for_update(of=("self",), no_key=True))
    for submission in held:
        assign(submission, to=None, by=by, at=at, how=Assignment.How.CONFLICT)
    return len(held)
