"""From the claim of a basis to the desk's screening."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accreditation.models import Accreditation
from accreditation.operations.applying import begin, send
from accreditation.operations.lacking import missing
from forums.refusals import Refused

Status = Accreditation.Status


@transaction.atomic
def claim(organisation, *, forum, basis, by, at):
    """Say on which basis the organisation takes part in a forum; sent at once where that basis asks nothing more.

    A claim gives no standing; it is recorded with its author and shown to the desk as claimed. Where points are needed,
    or the call is not open, it stays a draft that goes on at the application's own page.
    """
    accreditation = begin(organisation, forum=forum, basis=basis, by=by, at=at)
    if not missing(accreditation):
        try:
            with transaction.atomic():
                return send(accreditation, by=by, at=at)
        except Refused:
            pass
    return accreditation


def take_up(accreditation, *, by, at):
    """Begin the screening."""
    return accreditation.move(Status.SCREENING, by=by, at=at, only_from=(Status.SUBMITTED,))


def reopen(accreditation, *, by, at, reason):
    """Screen again what was recorded as not held; what was decided is kept in its history."""
    if not reason.strip():
        raise Refused(_("Say why it is looked at again: the organisation will read it."))
    empty = {"decided_on": None, "decided_by": "", "evidence": ""}
    return accreditation.move(
        Status.SCREENING, by=by, at=at, note=reason, only_from=(Status.NOT_ACCREDITED,), register_entry=None, **empty
    )


def screener_of(accreditation):
    """Who took it up last: an answer comes back to the same hands."""
    step = accreditation.steps.filter(became=Status.SCREENING).select_related("by").last()
    return step.by if step else None
