"""A duty is met on a day, or it turns out that it was not; what meets the report and the notes is their document."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.models import Milestone
from forums.operations.changing import in_six, note_change
from forums.refusals import MovedMeanwhile, Refused
from forums.templatetags.moments import date_in_words

BY_DOCUMENT = ("report", "note")  # met by an official document and by nothing else


@transaction.atomic
def record_met(milestone, *, on, by, at):
    """Record by hand that a duty was met; the report and the background notes are met by their document instead."""
    if milestone.kind in BY_DOCUMENT:
        raise Refused(
            _("“%(duty)s” is met by an official document (%(basis)s). Record the document with the day it was available.")
            % {"duty": milestone.name, "basis": milestone.basis}
        )
    return meet(milestone, on=on, by=by, at=at)


@transaction.atomic
def record_unmet(milestone, *, by, at):
    """Take back by hand that a duty was met; where a document met it, the document's day is what to correct."""
    if milestone.kind in BY_DOCUMENT:
        raise Refused(
            _("“%(duty)s” is met by an official document (%(basis)s). Correct the day on which the document was available.")
            % {"duty": milestone.name, "basis": milestone.basis}
        )
    return unmeet(milestone, by=by, at=at)


@transaction.atomic
def meet(milestone, *, on, by, at):
    """Write down the day on which a duty was met; followers hear of it by a Change. The same day again does nothing."""
    kept = hold_duty(milestone)
    if kept.met_on == on and on is not None:
        return kept
    _ask_whether_it_may_be_met(kept, on, at)
    kept.met_on, kept.sequence = on, kept.sequence + 1
    kept.save(update_fields=["met_on", "sequence"])
    days = (kept.due_on - on).days
    note_change(kept.forum, "met", at=at, milestone=in_six(kept, "name"), on=on.isoformat(), days=days)
    milestone.met_on, milestone.sequence = kept.met_on, kept.sequence
    return kept


@transaction.atomic
def unmeet(milestone, *, by, at):
    """Take back that a duty was met: it was recorded by mistake. Its history keeps what stood there."""
    kept = hold_duty(milestone)
    if kept.met_on is None:
        return kept
    note_change(
        kept.forum, "met", at=at, milestone=in_six(kept, "name"), on=kept.met_on.isoformat(), days=0, taken_back=True
    )
    kept.met_on, kept.sequence = None, kept.sequence + 1
    kept.save(update_fields=["met_on", "sequence"])
    milestone.met_on, milestone.sequence = kept.met_on, kept.sequence
    return kept


def hold_duty(milestone):
    """The duty as it stands, held until the transaction ends; refused where somebody changed what became of it."""
    kept = Milestone.objects.select_for_update(of=("self",)).select_related("forum").get(pk=milestone.pk)
    if (kept.met_on, kept.waived_because) != (milestone.met_on, milestone.waived_because):
        raise MovedMeanwhile(
            _("Somebody else has just changed this. Nothing was overwritten: open the page again to see what happened.")
        )
    return kept


def _ask_whether_it_may_be_met(kept, on, at):
    about = {"duty": kept.name, "basis": kept.basis}
    if on is None:
        raise Refused(_("Say on which day “%(duty)s” was met.") % about)
    if kept.due_on is None:
        raise Refused(_("“%(duty)s” has no day yet (%(basis)s). Set the days of the forum first.") % about)
    if kept.waived_because:
        raise Refused(
            _("“%(duty)s” is waived (%(basis)s). Take the waiver back first, then record that the duty was met.") % about
        )
    if on > at.astimezone(kept.forum.zone).date():
        raise Refused(
            _("%(day)s has not come yet. A duty is recorded as met on a day that is there.") % {"day": date_in_words(on)}
        )
    if kept.kind == Milestone.Kind.HEARING and on != kept.due_on:
        raise Refused(
            _(
                "“%(duty)s” takes place one day before the forum, on %(due)s (%(basis)s), so it was not met on %(day)s. If "
                "it took place on another day, have the duty waived."
            )
            % {**about, "due": date_in_words(kept.due_on), "day": date_in_words(on)}
        )
