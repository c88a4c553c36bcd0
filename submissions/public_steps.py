"""What people outside the desk learn of a step of an input: its word, and whether its note is meant for the author. Pure."""

from django.utils.translation import gettext as _

from submissions.models import Submission

Status = Submission.Status


def word_of(step) -> str:
    """What a step was, in a word: where it ended, or what it did where that says more."""
    if is_taken_down(step):
        return _("No longer published")
    if step.became == Status.SUBMITTED and step.was != Status.DRAFT:
        return _("Reinstated") if step.was == Status.WITHDRAWN else _("Sent again")
    return str(Status(step.became).label)


def is_for_author(step) -> bool:
    """Whether a note is addressed to the author: questions, refusals, reopening, taking down; or is their own reason."""
    if step.became in (Status.CLARIFICATION_ASKED, Status.NOT_ADMISSIBLE, Status.WITHDRAWN):
        return True
    return is_taken_down(step) or (
        step.became == Status.UNDER_REVIEW and step.was in (Status.ACCEPTED, Status.NOT_ADMISSIBLE)
    )


def is_taken_down(step) -> bool:
    return step.was == Status.PUBLISHED and step.became == Status.ACCEPTED
