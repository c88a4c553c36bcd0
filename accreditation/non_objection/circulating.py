"""What Member States get, until when, and what they made known."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accreditation.models import Accreditation, AccreditationLettersChoice, NonObjectionList, Objection
from accreditation.operations.recording import put_forward
from forums.operations.rehearsing import AS_WRITTEN
from forums.operations.rehearsing_many import keep_for_all
from forums.refusals import Refused

Status = NonObjectionList.Status
OPEN = (Status.CIRCULATED, Status.PERIOD_ENDED)
WITHDRAWN = _("The application was withdrawn before the list was circulated.")


def ask_circulation(listed, *, circulated_by, evidence, period_ends_at, at):
    """Raise Refused if the circulation cannot be recorded so."""
    if not (circulated_by.strip() and evidence.strip()):
        raise Refused(_("A circulation is recorded with who circulated the list and the evidence. Fill in both."))
    if period_ends_at <= at:
        raise Refused(_("The period must end after now. Type the first moment at which objections are no longer taken."))
    if listed.frozen_at is None:
        raise Refused(_("Freeze the list first: what is circulated must not change any more."))


def circulate(listed, *, by, at, circulated_on, circulated_by, evidence, period_ends_at, letters=AS_WRITTEN):
    """Record that the list was given to Member States, and put every application on it to them.

    The end of the period is an instant that is already outside; no length is built in, since none is on record.
    Applications that left screening meanwhile are struck, with the reason.
    """
    with transaction.atomic():
        held = NonObjectionList.objects.select_for_update().get(pk=listed.pk)
        ask_circulation(held, circulated_by=circulated_by, evidence=evidence, period_ends_at=period_ends_at, at=at)
        held.move(
            Status.CIRCULATED,
            by=by,
            at=at,
            note=evidence,
            circulated_on=circulated_on,
            circulated_by=circulated_by,
            circulation_evidence=evidence,
            period_ends_at=period_ends_at,
        )
        steps = []
        for line in held.lines.select_related("accreditation__basis", "accreditation__organisation"):
            if line.accreditation.status == Accreditation.Status.SCREENING:
                steps.append(put_forward(line.accreditation, by=by, at=at))
            else:
                strike(line, because=str(WITHDRAWN), at=at)
        keep_for_all(AccreditationLettersChoice, steps, letters, owes=False, by=by, at=at)
        return held


def strike(line, *, because, at):
    """Take a line out of what is decided; it keeps its number, with the reason."""
    type(line).objects.filter(pk=line.pk, struck_at__isnull=True).update(struck_at=at, struck_because=because[:300])


def end_periods(*, at) -> int:
    """Move the lists whose period has ended to "period ended"; returns how many. Only the portal's clock does this."""
    ended = 0
    for listed in NonObjectionList.objects.filter(status=Status.CIRCULATED, period_ends_at__lte=at):
        ended += end_period(listed, at=at)
    return ended


def end_period(listed, *, at) -> bool:
    """The same for one list; whoever looks first records it, later ones find it recorded."""
    with transaction.atomic():
        held = NonObjectionList.objects.select_for_update().get(pk=listed.pk)
        if held.status != Status.CIRCULATED or held.period_ends_at > at:
            return False
        held.move(Status.PERIOD_ENDED, by=None, at=at)
        listed.status = held.status
        return True


def ending_soon(*, at, within: timedelta):
    """Lists whose period ends within that time and of which the desk was not reminded yet."""
    circulated = NonObjectionList.objects.filter(status=Status.CIRCULATED, reminded_at__isnull=True)
    return circulated.filter(period_ends_at__gt=at, period_ends_at__lte=at + within).select_related("forum")


# Objections ----------------------------------------------------------------------------------------------------------


def record_objection(line, *, by, at, received_on, evidence, ground="", state=None):
    """Record what a Member State made known; the ground only where the State did so, on a voluntary basis."""
    if not evidence.strip():
        raise Refused(_("Say what shows the objection: a letter, its day, who received it."))
    with transaction.atomic():
        listed = NonObjectionList.objects.select_for_update().get(pk=line.list_id)
        if listed.status not in OPEN:
            raise Refused(_("Objections are recorded after the list was circulated and before its outcome is recorded."))
        if line.struck_at is not None:
            raise Refused(_("This line was taken off the list."))
        return Objection.objects.create(
            line=line,
            received_on=received_on,
            ground=ground.strip(),
            state=state,
            evidence=evidence,
            recorded_by=by,
            recorded_at=at,
        )


def lift_objection(objection, *, by, at, lifted_on, evidence):
    """Record that a State no longer objects."""
    if not evidence.strip():
        raise Refused(_("Say what shows that the objection was lifted."))
    waiting = Objection.objects.filter(pk=objection.pk, lifted_on__isnull=True, line__list__status__in=OPEN)
    if not waiting.update(lifted_on=lifted_on, lifted_evidence=evidence):
        raise Refused(_("It was lifted already, or the outcome of the list is recorded."))
