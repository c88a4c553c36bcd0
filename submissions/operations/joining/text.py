"""The text to which bodies agree: of the input itself, or of the draft of a change to it; held while something is done."""

from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from submissions.agreed_text import mark_of, text_of
from submissions.models import Act, CoSponsor, Submission
from submissions.operations.reopened import ask_whether_opened


def holder_of(submission):
    """The input under which the co-sponsors stand: what was sent, where this is the draft of a change to it."""
    return submission.amends or submission


def text_in_hand(holder):
    """The draft of a change where one was begun, else the input itself: what is sent next.

    An addition is the lead's alone: nobody else is asked about it, and nobody else's name stands under it.
    """
    return holder.amendments.exclude(proposal__act=Act.ADDITION).first() or holder


def mark_now(submission, files=None) -> str:
    """The mark of the text as it stands; `files` are its attachments, where the caller has them."""
    return mark_of(text_now(submission, files))


def text_now(submission, files=None) -> dict:
    return text_of(submission, submission.chosen(), list(submission.attachments.kept()) if files is None else files)


def held_writable(submission):
    """The input under which co-sponsors stand, held, as long as its text can be changed."""
    holder = held(holder_of(submission).pk)
    if not text_in_hand(holder).is_writable:
        raise Refused(_("This input was sent. Begin a change to it before you change its co-sponsors."))
    ask_whether_opened(holder, ["co_sponsors"])
    return holder


def held(pk):
    rows = Submission.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("call__forum", "organisation").get(pk=pk)


def held_row(row):
    return CoSponsor.objects.select_for_update(of=("self",)).select_related("organisation", "submission").get(pk=row.pk)
