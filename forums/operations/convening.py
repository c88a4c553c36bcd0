"""Convening a forum: refused with every reason at once; and recording that it was held."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums import convening_rules
from forums.models import Forum, Override
from forums.operations.changing import note_change
from forums.operations.dating import lay_out
from forums.refusals import IllegalMove, MovedMeanwhile, StandsAgainst
from forums.typed import without_control

Status = Forum.Status


def against_convening(forum, *, at) -> list[convening_rules.Reason]:
    """Everything that stands against convening this forum at that instant, set aside or not; stores nothing."""
    milestones = list(forum.milestones.all())
    calls = list(forum.calls.filter(feeds__isnull=False).select_related("feeds"))
    for duty in (*milestones, *(call.feeds for call in calls)):
        duty.forum = forum
    tables = [
        (table, [objective.pk for objective in table.objectives.all()])
        for table in forum.round_tables.prefetch_related("objectives")
    ]
    sessions = forum.sessions.all()
    return convening_rules.reasons(forum, milestones=milestones, tables=tables, sessions=sessions, calls=calls, at=at)


@transaction.atomic
def convene(forum, *, by, at, set_aside=None):
    """Convene a dated forum, unless something stands against it: then all of it is said at once and nothing is stored.

    `set_aside` maps codes of reasons to why they are set aside; only what the resolution calls indicative may be.
    """
    kept = Forum.objects.select_for_update().get(pk=forum.pk)
    if kept.status == Status.CONVENED:
        return kept
    if kept.status != Status.DATED:
        raise IllegalMove(_("Only a forum that has its days and was not held yet is convened. Open the page again."))
    if (kept.first_day, kept.last_day) != (forum.first_day, forum.last_day):
        raise MovedMeanwhile(
            _("Somebody else has just moved this forum. Nothing was overwritten: look at its days again, then decide.")
        )
    lay_out(kept)
    found = against_convening(kept, at=at)
    for reason in found:
        because = without_control((set_aside or {}).get(reason.code, "")).strip()
        if because and reason.may_be_set_aside:
            Override.objects.get_or_create(forum=kept, rule=reason.code, defaults={"reason": because, "by": by, "at": at})
    if left := standing(kept, found):
        raise StandsAgainst(left)
    _become(kept, Status.CONVENED)
    note_change(kept, "convened", at=at)
    forum.status = kept.status
    return kept


def standing(forum, reasons) -> list:
    """The reasons that nobody set aside, or that nobody may."""
    aside = set(forum.overrides.values_list("rule", flat=True))
    return [reason for reason in reasons if not (reason.may_be_set_aside and reason.code in aside)]


@transaction.atomic
def record_held(forum, *, by, at):
    """Record that a convened forum was held; possible from the day after its last day."""
    kept = Forum.objects.select_for_update().get(pk=forum.pk)
    if kept.status == Status.HELD:
        return kept
    if kept.status != Status.CONVENED:
        raise IllegalMove(_("Only a forum that was convened is recorded as held. Convene it first."))
    if at.astimezone(kept.zone).date() <= kept.last_day:
        raise IllegalMove(
            _("The last day of the forum is not over yet. Record that it was held on the day after, or later.")
        )
    _become(kept, Status.HELD)
    forum.status = kept.status
    return kept


def _become(kept, status):
    """The one place where the status of a convened or held forum is written, and only if nobody was faster."""
    if not Forum.objects.filter(pk=kept.pk, status=kept.status).update(status=status):
        raise MovedMeanwhile(
            _("Somebody else has just changed this. Nothing was overwritten: open the page again to see what happened.")
        )
    kept.status = status
