"""What a body under an input does: agree to its text, decline, leave; and what the desk does at its wish."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from submissions.agreed_text import mark_of
from submissions.joint_letters import letters_for
from submissions.models import CoSponsor, Submission
from submissions.operations.joining.ending import Ended, end
from submissions.operations.joining.text import held, held_row, mark_now, text_in_hand, text_now
from submissions.operations.publishing import show_co_sponsors_anew

Answer = CoSponsor.Answer
LEAVABLE = ("submitted", "under_review", "clarification_asked", "accepted")


@transaction.atomic
def agree(row, *, by, at, seen):
    """Lend the organisation's name to exactly this text; `seen` is the mark of the text that its page showed.

    Refused when the text is another by now, when it was sent already, or when the lead took the organisation out.
    """
    holder, row = held(row.submission_id), held_row(row)
    text = _text_that_is_asked_about(holder, row)
    content = text_now(text)
    if (mark := mark_of(content)) != seen:
        raise Refused(_("The text was changed while you read it. It is shown below as it stands now: read it again."))
    was = row.state(mark)
    row.answer, row.answered_by, row.answered_at = Answer.AGREED, by, at
    row.agreed_text, row.agreed_mark, row.agreed_edition = content, mark, text.edition
    row.save()
    if was != CoSponsor.State.AGREED:
        row.steps.create(was=was, became=CoSponsor.State.AGREED, by=by, at=at)
    return row


@transaction.atomic
def decline(row, *, by, at, reason=""):
    """Say no, or take an agreement back, before the input is sent; the lead is told."""
    holder, row = held(row.submission_id), held_row(row)
    text = _text_that_is_asked_about(holder, row)
    was = row.state(mark_now(text))
    row.answer, row.answered_by, row.answered_at = Answer.DECLINED, by, at
    row.agreed_text, row.agreed_mark, row.agreed_edition = None, "", None
    row.save()
    if was != CoSponsor.State.DECLINED:
        row.steps.create(was=was, became=CoSponsor.State.DECLINED, by=by, at=at, note=reason.strip()[:1000])
    return row


@transaction.atomic
def leave(row, *, by, at, reason=""):
    """Leave a joint input that was sent and is not public yet: the name is not shown; the lead and the desk are told."""
    holder, row = held(row.submission_id), held_row(row)
    if row.ended or row.answer != Answer.AGREED:
        raise Refused(_("Your organisation does not stand under this input."))
    if holder.status not in LEAVABLE:
        raise Refused(_("This input is public or no longer under way. Write to the desk: it takes your name off the page."))
    return end(row, Ended.LEFT, by=by, at=at, note=reason.strip()[:1000])


@transaction.atomic
def take_off_by_desk(row, *, by, at):
    """Take a name off an input at the wish of its body, also from the public page; writes to the lead and to the desk."""
    holder, row = held(row.submission_id), held_row(row)
    if row.ended == Ended.LEFT or row.answer != Answer.AGREED or holder.status == Submission.Status.DRAFT:
        raise Refused(_("This body does not stand under an input that was sent."))
    row = end(row, Ended.LEFT, by=by, at=at)
    show_co_sponsors_anew(holder, at=at)
    step = row.steps.order_by("-pk").first()
    letters_for(step, at=at)
    row.steps.filter(pk=step.pk).update(announced_at=at)
    return row


def _text_that_is_asked_about(holder, row):
    """The text in hand, held; refused where nothing can be answered any more."""
    text = text_in_hand(holder)
    if text.pk != holder.pk:
        text = held(text.pk)
    if row.ended or row.on_behalf or row.leaves_with_id:
        raise Refused(_("Your organisation is no longer asked about this input."))
    if not text.is_writable:
        raise Refused(_("This input was sent meanwhile. Open it to see under which names, and what you can do."))
    return text
