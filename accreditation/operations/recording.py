"""Staff record what other bodies decided, with date and evidence; the portal decides nothing for them."""

from django.utils.translation import gettext_lazy as _

from accreditation.models import Accreditation
from forums.refusals import Refused

Status = Accreditation.Status


def recognise(accreditation, *, by, at, decided_on, decided_by, evidence, entry=None):
    """Record a standing held already (A/RES/73/326, paragraphs 4, 6 and 7): who granted it, when, shown by what."""
    if accreditation.basis.non_objection:
        raise Refused(_("This basis is decided by Member States on a non-objection basis: put it forward instead."))
    _with_evidence(decided_on, decided_by, evidence)
    return accreditation.move(
        Status.RECOGNISED,
        by=by,
        at=at,
        note=evidence,
        decided_on=decided_on,
        decided_by=decided_by,
        evidence=evidence,
        register_entry=entry,
    )


def put_forward(accreditation, *, by, at):
    """Put the application to Member States (A/RES/73/326, paragraph 5)."""
    if not accreditation.basis.non_objection:
        raise Refused(_("Only special accreditation is put to Member States; record this standing instead."))
    return accreditation.move(Status.PUT_FORWARD, by=by, at=at)


def record_outcome(accreditation, *, by, at, accredited, decided_on, decided_by, evidence):
    """Record what Member States and the President of the General Assembly decided."""
    _with_evidence(decided_on, decided_by, evidence)
    return accreditation.move(
        Status.ACCREDITED if accredited else Status.NOT_ACCREDITED,
        by=by,
        at=at,
        note=evidence,
        decided_on=decided_on,
        decided_by=decided_by,
        evidence=evidence,
    )


def _with_evidence(decided_on, decided_by, evidence):
    if not (decided_on and decided_by.strip() and evidence.strip()):
        raise Refused(_("A decision is recorded with its date, who took it, and the evidence. Fill in all three."))
