"""Withdrawing, and bringing back what was withdrawn: the number is never used again, so it can always come back."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from forums.clock import database_now
from forums.models import Call
from forums.refusals import Closed
from forums.windows import Phase
from submissions.models import Submission
from submissions.operations.assigning import take_back_from_conflicted
from submissions.operations.publishing import entomb
from submissions.operations.submitting import ask_whether_the_only_one

Status = Submission.Status
WITHDRAWN_BY_AUTHOR = gettext_noop("Withdrawn by its author.")  # stored as it is; each page says it in its own language


@transaction.atomic
def withdraw(submission, *, by, at, reason=""):
    """Take an input back. If it was public, a tombstone with its reference stays at its address."""
    step = submission.move(Status.WITHDRAWN, by=by, at=at, note=reason)
    entomb(submission, at=at, because=WITHDRAWN_BY_AUTHOR)
    return step


@transaction.atomic
def reinstate(submission, *, by, at=None, by_desk=False, reason=""):
    """Bring a withdrawn input back as it was last sent; the desk reads it anew. Its tombstone stays until then.

    Its author may until the call closes (Closed after that); the desk at any time, with a reason (`by_desk`).
    Without a moment PostgreSQL's clock says when it is, as for sending. Refused where the call takes one own input and
    another one was sent meanwhile.
    """
    at = at or database_now()
    if not by_desk and submission.call.phase(at) is not Phase.OPEN:
        raise Closed(
            _("“%(call)s” has closed, so a withdrawn input can be reinstated by the desk only. Write to it and say why.")
            % {"call": submission.call}
        )
    Call.objects.select_for_update(no_key=True).get(pk=submission.call_id)  # as sending does
    newest = submission.versions.order_by("-number").first()
    ask_whether_the_only_one(submission, newest.content if newest else {})
    step = submission.move(Status.SUBMITTED, by=by, at=at, note=reason, only_from=(Status.WITHDRAWN,))
    take_back_from_conflicted(submission, by=by if by_desk else None, at=at)  # nobody outside assigns
    return step
