"""The standing of the last forum, confirmed for the next with one word; what the register says today is said beside it."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accreditation.models import Accreditation
from accreditation.operations.applying import begin, choose_basis, send
from accreditation.operations.expiring import ran_out
from forums.refusals import Refused

Status = Accreditation.Status


def held_before(organisation, forum):
    """Its standing at the forum before this one, or None; one that ended by itself counts, one taken away does not."""
    held = organisation.accreditations.filter(status__in=[*Accreditation.STANDING, Status.EXPIRED], decided_on__isnull=False)
    rows = held.exclude(forum=forum).select_related("forum", "basis", "register_entry__register")
    if forum.first_day:
        rows = rows.filter(forum__first_day__lt=forum.first_day)
    for former in rows.order_by(F("forum__first_day").desc(nulls_last=True), "-begun_at"):
        if former.status in Accreditation.STANDING or ran_out(former):
            return former
    return None


def is_confirmable(former) -> bool:
    """Whether a standing on this basis can be carried over: special accreditation is for one forum, paragraph 5 says."""
    return former.basis.in_use and former.basis.confirmable and not former.basis.non_objection


@transaction.atomic
def confirm(organisation, *, forum, former, by, at):
    """Ask that a standing of the last forum count for this one; it goes before the desk at once, the former named."""
    if former is None or former != held_before(organisation, forum):
        raise Refused(_("There is no standing of an earlier forum to be confirmed. Apply on a basis instead."))
    if not is_confirmable(former):
        raise Refused(
            _("A standing on the basis “%(basis)s” is for one forum only and cannot be confirmed. Apply anew.")
            % {"basis": former.basis}
        )
    begun = organisation.accreditations.filter(forum=forum).live().first()
    if begun is None:
        begun = begin(organisation, forum=forum, basis=former.basis, by=by, at=at)
    elif begun.status != Status.DRAFT:
        raise Refused(_("This organisation has already said on which basis it takes part. Ask the desk to change it."))
    elif begun.basis_id != former.basis_id:
        begun = choose_basis(begun, basis=former.basis, by=by, at=at)
    Accreditation.objects.filter(pk=begun.pk).update(confirms=former)
    return send(begun, by=by, at=at)
