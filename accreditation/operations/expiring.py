"""Standings that hold no longer: those whose last day has passed, and those that the desk ends with reason and evidence."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accreditation.models import Accreditation
from forums.refusals import Refused

Status = Accreditation.Status
RAN_OUT = gettext_noop("The last day on which it held has passed.")  # stored as it is; each page says it in its language


def expire_standings(*, at, most=200) -> int:
    """Let every standing end whose last day has passed where its forum is; returns how many."""
    done = 0
    # no zone is more than a day away from UTC: which of these are past is asked row by row
    near = Accreditation.objects.standing().filter(holds_until__lte=at.date() + timedelta(days=1)).order_by("holds_until")
    for pk in list(near.values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            rows = Accreditation.objects.standing().select_for_update(skip_locked=True, of=("self",))
            standing = rows.select_related("forum").filter(pk=pk).first()
            if standing and localtime(at, standing.forum.zone).date() > standing.holds_until:
                standing.move(Status.EXPIRED, by=None, at=at, note=RAN_OUT)
                done += 1
    return done


def end_standing(accreditation, *, by, at, reason, evidence):
    """Record that a standing is held no more: why, and shown by what. What was decided before stays on the record."""
    if not (reason.strip() and evidence.strip()):
        raise Refused(_("The end of a standing is recorded with its reason and the evidence. Fill in both."))
    note = f"{reason.strip()}\n\n{evidence.strip()}"
    return accreditation.move(Status.EXPIRED, by=by, at=at, note=note, only_from=Accreditation.STANDING)


def ran_out(accreditation) -> bool:
    """Whether it ended by itself, and not by anybody's word."""
    last = accreditation.steps.last()
    return accreditation.status == Status.EXPIRED and last is not None and last.by_id is None
