"""Milestones due: those responsible are told once at each distance, however long the sweep was away."""

from django.db import transaction

from forums.models import Milestone, MilestoneNotice
from forums.operations.letters import write
from forums.timeline import Standing

DAYS_BEFORE = (0, 2, 7, 14, 28)


def distance(days_to_go: int):
    """The notice that is due when so many days are left: the nearest one passed, so a late sweep sends one, not three."""
    return next((days for days in DAYS_BEFORE if days_to_go <= days), None)


def announce_milestones(*, at):
    """Write one letter to the desk of the forum for every duty that comes near; returns how many were written.

    Nothing is told of a duty that is met, waived or undated; an overdue one is told once here as "due today or late".
    """
    told = 0
    duties = Milestone.objects.filter(met_on__isnull=True, waived_because="", forum__first_day__isnull=False)
    for milestone in duties.exclude(forum__desk_email="").exclude(forum__status="held").select_related("forum"):
        state = milestone.state(at)
        late = state.standing is Standing.OVERDUE
        days = distance(-state.days if late else state.days)
        if days is None:
            continue
        told += _tell(milestone, days, state, at)
    return told


@transaction.atomic
def _tell(milestone, days, state, at):
    to = milestone.forum.desk_email
    _notice, new = MilestoneNotice.objects.get_or_create(
        milestone=milestone, due_on=milestone.due_on, days_before=days, to=to, defaults={"at": at}
    )
    if not new:
        return 0
    write(
        "forums/milestone_due",
        to=to,
        language="en",
        about={"milestone": milestone, "state": state, "overdue": state.standing is Standing.OVERDUE},
        key=f"milestone:{milestone.pk}:{milestone.due_on}:{days}:{to}",
        at=at,
    )
    return 1
