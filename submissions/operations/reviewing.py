"""The desk's reading of an input: taken up, accepted or declined; each a move with its reason."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from submissions.models import Ground, Review, Submission
from submissions.operations.assigning import hold_as_seen, take_back_from_conflicted

Status = Submission.Status
DECIDED = (Status.ACCEPTED, Status.NOT_ADMISSIBLE)


@transaction.atomic
def take_up(submission, *, by, at):
    """Begin the review; whoever takes it up is its reviewer.

    Raises MovedMeanwhile when it was given to somebody else, or taken from them, since it was looked at.
    """
    hold_as_seen(submission)
    return submission.move(Status.UNDER_REVIEW, by=by, at=at, only_from=(Status.SUBMITTED,), reviewer=by)


def record_review(submission, *, by, at, checklist, remarks=""):
    """Keep what this reviewer ticked and remarked on the newest version; saving again replaces only their own."""
    version = submission.standing_version()
    if version is None:
        raise Refused(_("Nothing was sent yet, so there is nothing to review."))
    review, _new = Review.objects.update_or_create(
        version=version,
        reviewer=by,
        defaults={
            "submission": submission,
            "checklist": {key: bool(checklist.get(key)) for key in Review.QUESTIONS},
            "remarks": remarks,
            "saved_at": at,
        },
    )
    return review


@transaction.atomic
def accept(submission, *, by, at, note=""):
    """Accept for publication. Every question of the checklist must have been answered with yes by this reviewer."""
    ask_acceptance(submission, by=by)
    return submission.move(Status.ACCEPTED, by=by, at=at, note=note, only_from=(Status.UNDER_REVIEW,))


def ask_acceptance(submission, *, by):
    """Raise Refused if this reviewer cannot accept it; stores nothing."""
    version = submission.standing_version()
    review = Review.objects.filter(version=version, reviewer=by).first()
    open_questions = [label for key, label in Review.QUESTIONS.items() if not (review and review.checklist.get(key))]
    if open_questions:
        raise Refused(
            _("The checklist is not complete: %(questions)s. Tick what holds, or ask the author.")
            % {"questions": "; ".join(str(label) for label in open_questions)}
        )


def decline(submission, *, by, at, reason, ground=""):
    """Declare an input not admissible; the ground and the words about it go to its author."""
    if not reason.strip():
        raise Refused(_("Give the reason: the author will read it."))
    if ground and ground not in Ground.values:
        raise Refused(_("Choose the ground from the list."))
    return submission.move(Status.NOT_ADMISSIBLE, by=by, at=at, note=reason.strip(), of_step={"ground": ground})


@transaction.atomic
def reopen(submission, *, by, at, reason):
    """Take a decision back and review again; the reason is kept and a letter supersedes the earlier one.

    Whoever reviewed it reviews it again, unless a conflict of interest has arisen since.
    """
    if not reason.strip():
        raise Refused(_("Give the reason for reopening."))
    step = submission.move(Status.UNDER_REVIEW, by=by, at=at, note=reason.strip(), only_from=DECIDED)
    take_back_from_conflicted(submission, by=by, at=at)
    return step
