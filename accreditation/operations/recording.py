"""Staff record what other bodies decided, with date and evidence; the portal decides nothing for them."""

from django.utils.translation import gettext_lazy as _

from accreditation.models import Accreditation, Basis
from accreditation.operations.checking import evidence_of, needs_word
from forums.refusals import Refused

Status = Accreditation.Status


def recognise(accreditation, *, by, at, decided_on, decided_by, evidence, entry=None):
    """Record a standing held already (A/RES/73/326, paragraphs 4, 6 and 7): who granted it, when, shown by what."""
    if accreditation.basis.non_objection:
        raise Refused(_("This basis is decided by Member States on a non-objection basis: put it forward instead."))
    _with_evidence(decided_on, decided_by, evidence)
    if entry and needs_word(accreditation.basis, entry) and evidence.strip() == evidence_of(entry):
        raise Refused(
            _(
                "This status in the register is no evidence by itself. Write down the word of who decides, such as that of "
                "the Office of the High Commissioner for Human Rights."
            )
        )
    return accreditation.move(
        Status.RECOGNISED,
        by=by,
        at=at,
        note=evidence,
        decided_on=decided_on,
        decided_by=decided_by,
        evidence=evidence,
        register_entry=entry,
        **what_is_granted(accreditation.basis, decided_on),
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
        **(what_is_granted(accreditation.basis, decided_on) if accredited else {}),
    )


def what_is_granted(basis, decided_on) -> dict:
    """The terms of a basis as they are kept with what is granted today, and the last day on which that holds.

    What holds for one forum, or as long as a register shows it, has no such day: it belongs to its forum anyway.
    """
    until = None
    if basis.holds == Basis.Holds.YEARS and basis.holds_years:
        until = _years_later(decided_on, basis.holds_years)
    return {"terms": basis.terms(), "holds_until": until}


def _years_later(day, years):
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _with_evidence(decided_on, decided_by, evidence):
    if not (decided_on and decided_by.strip() and evidence.strip()):
        raise Refused(_("A decision is recorded with its date, who took it, and the evidence. Fill in all three."))
