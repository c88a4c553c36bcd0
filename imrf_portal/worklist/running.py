"""What the portal itself waits for: the virus scanner or a person, and sweeps that do not run."""

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from forums.admin.letters import LATE_AFTER
from forums.models import Sweep
from imrf_portal.worklist.lines import Line, link
from submissions.admin.inputs import files_of_sent


def quarantine(user):
    if not user.has_perm("submissions.view_attachment"):
        return []
    files = files_of_sent(user)
    found = files.aggregate(
        waiting=Count("pk", filter=Q(verdict="waiting")),
        since=Min("added_at", filter=Q(verdict="waiting")),
        infected=Count("pk", filter=Q(verdict="infected")),
        held=Count("pk", filter=Q(verdict="clean", is_held=True)),
        held_since=Min("added_at", filter=Q(verdict="clean", is_held=True)),
    )
    no_scanner = "" if settings.CLAMD_SOCKET else _("No virus scanner is configured: only a person releases a file.")
    waiting = link(files.model, verdict__exact="waiting")
    infected = link(files.model, verdict__exact="infected")
    held = link(files.model, is_held__exact="1")
    return [
        Line(_("Files in quarantine"), found["waiting"], waiting, found["since"], note=no_scanner),
        Line(_("Files held because of what they carry"), found["held"], held, found["held_since"]),
        Line(_("Files refused by the virus scanner"), found["infected"], infected, late=True),
    ]


def sweeps(user, at):
    """Whether beat and worker are alive, and which sweeps went wrong."""
    if not user.has_perm("forums.view_sweep"):
        return []
    known = {sweep.name: sweep for sweep in Sweep.objects.all()}
    heartbeat = known.get("heartbeat")
    late = [sweep for sweep in known.values() if at - sweep.ran_at > LATE_AFTER]
    wrong = [sweep for sweep in known.values() if sweep.error]
    note = "" if heartbeat else _("The clock of the portal has never run.")
    if heartbeat in late:
        note = _("The clock of the portal stands still: no letter is sent and no file scanned until it runs again.")
    oldest = min((sweep.ran_at for sweep in late), default=None)
    return [
        Line(_("Sweeps that are late"), len(late) or int(heartbeat is None), link(Sweep), oldest, late=True, note=note),
        Line(_("Sweeps that went wrong"), len(wrong), link(Sweep), late=True),
    ]
