"""What people outside the desk learn of a step of an input: its word, and whether its note is meant for the author. Pure."""

from django.utils.translation import gettext as _

from submissions.models import Submission

Status = Submission.Status


def word_of(step) -> str:
    """What a step was, in a word: where it ended, or what it did where that says more."""
    if is_taken_down(step):
        return _("No longer published")
    if step.became == Status.SUBMITTED and step.was != Status.DRAFT:
        if is_answer(step):
            return _("Answered")
        return _("Reinstated") if step.was == Status.WITHDRAWN else _("Sent again")
    return str(Status(step.became).label)


def is_for_author(step) -> bool:
    """Whether a note is addressed to the author: questions, refusals, reopening, taking down; or is their own reason."""
    if step.became in (Status.CLARIFICATION_ASKED, Status.NOT_ADMISSIBLE, Status.WITHDRAWN):
        return True
    return (
        is_taken_down(step)
        or is_answer(step)
        or (step.became == Status.UNDER_REVIEW and step.was in (Status.ACCEPTED, Status.NOT_ADMISSIBLE))
    )


def is_answer(step) -> bool:
    """Whether the author answered a question by it: its note is the answer."""
    return step.was == Status.CLARIFICATION_ASKED and step.became == Status.SUBMITTED


def is_taken_down(step) -> bool:
    return step.was == Status.PUBLISHED and step.became == Status.ACCEPTED


AHEAD = {  # what usually follows, as long as nothing ended the way
    Status.SUBMITTED: (Status.UNDER_REVIEW, Status.ACCEPTED, Status.PUBLISHED),
    Status.UNDER_REVIEW: (Status.ACCEPTED, Status.PUBLISHED),
    Status.CLARIFICATION_ASKED: (Status.UNDER_REVIEW, Status.ACCEPTED, Status.PUBLISHED),
    Status.ACCEPTED: (Status.PUBLISHED,),
}


def way_of(submission) -> list:
    """The way of a sent input as its author sees it: each turn with its moment, then what usually follows. No names."""
    steps = [{"word": word_of(step), "status": step.became, "at": step.at} for step in submission.steps.all()]
    if steps:
        steps[-1]["current"] = True
    return steps + [{"word": str(status.label), "status": status} for status in AHEAD.get(submission.status, ())]
