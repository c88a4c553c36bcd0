"""The work list: what waits for me, for the team, for nobody; each line leads to the list it counts.

Everything is counted among what this person may see, so nobody learns of what their own organisation wrote; the number of
statements does not depend on how much there is.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from imrf_portal.worklist.decisions import call_letters, rounds, seconds
from imrf_portal.worklist.duties import BOARD, milestones
from imrf_portal.worklist.inputs import inputs_waiting, mentions, mine, proposals, team, wishes
from imrf_portal.worklist.letters import letters, silent_steps, wordings
from imrf_portal.worklist.lines import Line, Part, counted, link
from imrf_portal.worklist.organisations import claims, records, registers
from imrf_portal.worklist.running import quarantine, sweeps
from imrf_portal.worklist.taking_part import speakers, support
from submissions.asking import Asking

FIGURES = "admin:submissions_submission_figures"

__all__ = ["BOARD", "Line", "Part", "link", "work_of"]


def work_of(user, *, at) -> list:
    """The parts of the work list that this person's permissions reach; parts without lines are left out."""
    asking = Asking(user, at)
    user = asking.user
    found = inputs_waiting(asking) if user.has_perm("submissions.view_submission") else {}
    parts = [
        Part(_("Waits for you"), [*mine(user, found), *mentions(user)]),
        Part(
            _("Waits for the team"),
            [
                *seconds(user),
                *rounds(user),
                *call_letters(user),
                *team(found),
                *proposals(user),
                *wishes(user),
                *claims(asking),
                *records(user),
                *registers(user),
            ],
            (_("Figures of the reviews"), reverse(FIGURES)) if found else (),
        ),
        Part(_("Who takes part"), [*support(user), *speakers(user, at)]),
        Part(_("Duties of the forums"), milestones(user, at), (_("Board of forums"), reverse(BOARD))),
        Part(_("Letters and files"), [*letters(user), *wordings(user), *silent_steps(user), *quarantine(asking)]),
        Part(_("The portal itself"), sweeps(user, at)),
    ]
    return counted([part for part in parts if part.lines], asking)
