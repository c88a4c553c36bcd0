"""Questions of the desk: the answer is kept while it is typed, and goes out with the step that answers."""

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from submissions.models import Clarification, Submission
from submissions.receipts import clean

ASKED = Submission.Status.CLARIFICATION_ASKED
LONGEST_ANSWER = 10_000


class AnswerConflict(Refused):
    """Somebody saved a later answer. `theirs` is the question as it now stands; nothing was overwritten."""

    def __init__(self, theirs):
        super().__init__(
            _("This answer was saved elsewhere after you opened it. Both texts are below: take over what you need.")
        )
        self.theirs = theirs


def open_question(submission) -> Clarification | None:
    """The question that waits for an answer, with its step; None where none does. One statement."""
    if submission.status != ASKED:
        return None
    step = submission.steps.filter(became=ASKED).select_related("clarification").order_by("at", "pk").last()
    if step is None:
        return None
    if hasattr(step, "clarification"):
        return step.clarification
    question, _new = Clarification.objects.get_or_create(step=step, defaults={"submission": submission})
    question.step = step
    return question


@transaction.atomic
def keep_answer(submission, *, by, at, edition, text) -> Clarification:
    """Save what was typed of the answer. Raises AnswerConflict when the page was older than what is saved."""
    question = _held(submission)
    text = clean(text)[:LONGEST_ANSWER]
    if question.edition != edition:
        if question.answer == text:  # its own saving arrived without its answer
            return question
        raise AnswerConflict(question)
    question.answer, question.saved_at, question.saved_by = text, at, by
    question.edition += 1
    question.save(update_fields=["answer", "saved_at", "saved_by", "edition"])
    return question


def _held(submission) -> Clarification:
    held = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    question = open_question(held)
    if question is None:
        raise Refused(_("No question waits for an answer any more. Open the input to see what happened."))
    return question


def newest_answer() -> Subquery:
    """The answer that was typed to the newest question about an input, read in the statement that reads the input."""
    questions = Clarification.objects.filter(submission=OuterRef("pk")).order_by("-step__at", "-step")
    return Subquery(questions.values("answer")[:1])
