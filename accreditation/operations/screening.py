"""From the claim of a basis to the desk's screening."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accreditation.models import Accreditation
from forums.refusals import Refused

Status = Accreditation.Status


def claim(organisation, *, forum, basis, by, at):
    """Say on which basis the organisation takes part in a forum, and put that before the desk.

    A claim gives no standing; it is recorded with its author and shown to the desk as claimed.
    """
    try:
        with transaction.atomic():
            accreditation = Accreditation.objects.create(organisation=organisation, forum=forum, basis=basis, begun_at=at)
            accreditation.move(Status.SUBMITTED, by=by, at=at)
            return accreditation
    except IntegrityError as why:
        raise Refused(
            _("This organisation has already said on which basis it takes part. Ask the desk to change it.")
        ) from why


def take_up(accreditation, *, by, at):
    """Begin the screening."""
    return accreditation.move(Status.SCREENING, by=by, at=at)


def ask_for_more(accreditation, *, by, at, question):
    """Ask the organisation for more; the question goes out with the step."""
    if not question.strip():
        raise Refused(_("Say what is missing: the organisation will read it."))
    return accreditation.move(Status.MORE_ASKED, by=by, at=at, note=question)
