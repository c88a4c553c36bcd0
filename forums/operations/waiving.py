"""Waiving a duty: one person asks and says why, a second one agrees or turns it down; taken back, it stays as history."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.models import Waiver
from forums.operations.changing import in_six, note_change
from forums.operations.meeting import hold_duty
from forums.refusals import MovedMeanwhile, Refused
from forums.typed import without_control

LONGEST_REASON = 2000


@transaction.atomic
def ask_waiver(milestone, *, reason, by, at) -> Waiver:
    """Ask that a duty be waived. Nothing is waived until somebody else agrees; the same request again does nothing."""
    kept, reason = hold_duty(milestone), _worded(reason, _("Say why the duty need not be met: the reason is public."))
    about = {"duty": kept.name, "basis": kept.basis}
    waiting = kept.waivers.filter(decided_at__isnull=True, withdrawn_at__isnull=True).first()
    if waiting and (waiting.asked_by_id, waiting.reason) == (by.pk, reason):
        return waiting
    if waiting:
        raise Refused(_("A waiver of “%(duty)s” (%(basis)s) is asked for already and waits for a second person.") % about)
    if kept.waived_because:
        raise Refused(_("“%(duty)s” (%(basis)s) is waived already.") % about)
    if kept.met_on:
        raise Refused(_("“%(duty)s” (%(basis)s) is met, so there is nothing to waive.") % about)
    return kept.waivers.create(reason=reason, asked_by=by, asked_at=at)


@transaction.atomic
def agree_to_waiver(waiver, *, by, at):
    """The second person agrees: from now on the duty is waived, and followers hear why by a Change."""
    kept = hold_duty(waiver.milestone)
    _ask_for_a_second_person(waiver, by)
    if kept.met_on:
        raise Refused(
            _("“%(duty)s” (%(basis)s) has been met meanwhile, so there is nothing to waive. Turn the request down.")
            % {"duty": kept.name, "basis": kept.basis}
        )
    _decide(waiver, agreed=True, by=by, at=at)
    _write(waiver.milestone, kept, waiver.reason)
    note_change(kept.forum, "waived", at=at, milestone=in_six(kept, "name"), reason=waiver.reason)
    return waiver


@transaction.atomic
def turn_down_waiver(waiver, *, by, at):
    """The second person does not agree: the duty stands."""
    hold_duty(waiver.milestone)
    _ask_for_a_second_person(waiver, by)
    return _decide(waiver, agreed=False, by=by, at=at)


@transaction.atomic
def take_back_waiver(waiver, *, reason, by, at):
    """Take back a waiver that waits or stands, and say why; a duty that was waived is to be met again."""
    kept = hold_duty(waiver.milestone)
    reason = _worded(reason, _("Say why the waiver is taken back: it stays in the history of the duty."))
    live = Waiver.objects.filter(pk=waiver.pk, withdrawn_at__isnull=True, agreed=waiver.agreed).exclude(agreed=False)
    if not live.update(withdrawn_by=by, withdrawn_at=at, withdrawn_because=reason):
        raise _changed_meanwhile()
    waiver.refresh_from_db()
    if waiver.agreed:
        _write(waiver.milestone, kept, "")
        note_change(kept.forum, "waived", at=at, milestone=in_six(kept, "name"), reason=reason, taken_back=True)
    return waiver


def _worded(reason, sentence):
    reason = without_control(reason).strip()
    if not reason:
        raise Refused(sentence)
    if len(reason) > LONGEST_REASON:
        raise Refused(_("Shorten the reason: it stands on the public page and may have 2,000 signs."))
    return reason


def _ask_for_a_second_person(waiver, by):
    if by.pk == waiver.asked_by_id:
        raise Refused(
            _("A waiver of “%(duty)s” (%(basis)s) needs a second person: whoever asked for it does not decide on it.")
            % {"duty": waiver.milestone.name, "basis": waiver.milestone.basis}
        )


def _decide(waiver, *, agreed, by, at):
    waiting = Waiver.objects.filter(pk=waiver.pk, decided_at__isnull=True, withdrawn_at__isnull=True)
    if not waiting.update(agreed=agreed, decided_by=by, decided_at=at):
        raise _changed_meanwhile()
    waiver.refresh_from_db()
    return waiver


def _write(milestone, kept, waived_because):
    kept.waived_because, kept.sequence = waived_because, kept.sequence + 1
    kept.save(update_fields=["waived_because", "sequence"])
    milestone.waived_because, milestone.sequence = kept.waived_because, kept.sequence


def _changed_meanwhile():
    return MovedMeanwhile(
        _("Somebody else has just decided on this. Nothing was overwritten: open the page again to see what happened.")
    )
