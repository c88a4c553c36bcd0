"""Duties of the forums that are overdue, near, or that nobody answers for."""

from django.urls import reverse
from django.utils.translation import gettext as _

from forums.models import Milestone
from forums.operations.milestones import is_watched, works_here
from forums.timeline import Standing
from imrf_portal.worklist.lines import Line, link

COLUMNS = (  # of which a state is made, and that say whether somebody answers for it
    *("met_on", "waived_because", "on_last_day", "weeks_before", "days_before"),
    *("forum__first_day", "forum__last_day", "forum__time_zone", "forum__status"),
    *("responsible__is_active", "responsible__is_staff"),
)
BOARD = "admin:forums_forum_board"


def milestones(user, at):
    if not user.has_perm("forums.view_milestone"):
        return []
    unmet = Milestone.objects.filter(met_on__isnull=True, waived_because="")
    open_ones = list(unmet.select_related("forum", "responsible").only(*COLUMNS))
    nobodys = sum(is_watched(one) and not works_here(one.responsible) for one in open_ones)
    lines = [
        Line(label, sum(one.state(at).standing is standing for one in open_ones), url, late=standing is Standing.OVERDUE)
        for standing, label, url in (
            (Standing.OVERDUE, _("Overdue"), link(Milestone, standing="overdue")),
            (Standing.DUE_SOON, _("Due within four weeks"), link(Milestone, standing="due_soon")),
        )
    ]
    return [*lines, Line(_("Duties that nobody answers for"), nobodys, reverse(BOARD))]
