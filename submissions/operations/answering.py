"""Answering a question of the desk in place: with words alone, or with what was changed in the input meanwhile."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.clock import database_now
from forums.refusals import Refused
from submissions.models import Submission
from submissions.operations.questions import ASKED, open_question
from submissions.operations.submitting import submit
from submissions.receipts import content_of

SENDING = ("symbol", "sent_at", "version", "recorded")  # what differs between two sendings of the same content


@transaction.atomic
def answer(submission, *, by, at=None):
    """Send the saved answer, back to whoever asked, also after the closing.

    An input that was changed meanwhile is sent with it, as its next version with a receipt of its own; one that was not
    keeps its version. Answering again what was answered changes nothing. Raises Refused where there are no words yet.
    `at` is for tests only.
    """
    held = Submission.objects.select_for_update(of=("self",)).select_related("call__forum", "organisation")
    submission = held.get(pk=submission.pk)
    if submission.status == Submission.Status.SUBMITTED:
        return submission
    question = open_question(submission)
    if question is None:
        raise Refused(_("No question waits for an answer any more. Open the input to see what happened."))
    if not question.answer:
        raise Refused(_("Write the answer first."))
    at = at or database_now()
    if is_changed(submission):
        submit(submission, by=by, at=at)
    else:
        submission.move(Submission.Status.SUBMITTED, by=by, at=at, note=question.answer, only_from=(ASKED,))
    return submission


def is_changed(submission) -> bool:
    """Whether the input says anything else than its newest version."""
    newest = submission.standing_version()
    files = list(submission.attachments.kept())
    now = content_of(
        submission,
        reference=submission.reference,
        number=newest.number,
        sent_at=newest.sent_at,
        chosen=submission.chosen(),
        files=files,
    )
    return _said(now) != _said(newest.corrected)


def _said(content) -> dict:
    return {name: value for name, value in content.items() if name not in SENDING}
