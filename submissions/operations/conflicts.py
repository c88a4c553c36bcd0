"""Conflicts of interest: declared with a reason, ended with a date; the rows stay."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from submissions.models import Conflict
from submissions.operations.assigning import take_back_conflicting


def declare_conflict(*, user, ground, reason, by, at, organisation=None, submission=None):
    """Keep a person of the desk away from an organisation's inputs, or from one input, from this moment.

    What they were reviewing of it is taken back and waits for somebody else. Declaring what stands already changes nothing.
    """
    if not reason.strip():
        raise Refused(_("Give the reason: it is seen by those who oversee the reviews."))
    if (organisation is None) == (submission is None):
        raise Refused(_("Name either an organisation or an input."))
    about = {"user": user, "organisation": organisation, "submission": submission}
    with transaction.atomic():
        conflict, new = Conflict.objects.get_or_create(
            **about, ended_at=None, defaults={"ground": ground, "reason": reason.strip(), "by": by, "at": at}
        )
        if new:
            take_back_conflicting(user, by=by, at=at)
    return conflict


def end_conflict(conflict, *, by, at):
    """Say that it holds no more; ending twice is no error."""
    Conflict.objects.filter(pk=conflict.pk, ended_at=None).update(ended_at=at, ended_by=by)
