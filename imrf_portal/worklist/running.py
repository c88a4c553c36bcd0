"""What the portal itself waits for: the virus scanner or a person, and sweeps that do not run."""

from django.conf import settings
from django.db.models import Case, CharField, Count, Min, Value, When
from django.utils.translation import gettext as _

from forums.admin.letters import LATE_AFTER
from forums.models import Sweep
from imrf_portal.worklist.lines import Line, link
from submissions.admin.inputs import files_of_sent
from submissions.models import Attachment

WAITING, HELD, INFECTED = "waiting", "held", "infected"


def quarantine(asking):
    if not asking.user.has_perm("submissions.view_attachment"):
        return []
    found = {kind: (count, oldest) for kind, count, oldest in asking.rows("quarantine", _in_quarantine)}
    in_quarantine, held_back, refused = (found.get(kind, (0, None)) for kind in (WAITING, HELD, INFECTED))
    no_scanner = "" if settings.CLAMD_SOCKET else _("No virus scanner is configured: only a person releases a file.")
    waiting = link(Attachment, verdict__exact="waiting")
    infected = link(Attachment, verdict__exact="infected")
    held = link(Attachment, is_held__exact="1")
    return [
        Line(_("Files in quarantine"), in_quarantine[0], waiting, in_quarantine[1], note=no_scanner),
        Line(_("Files held because of what they carry"), held_back[0], held, held_back[1]),
        Line(_("Files refused by the virus scanner"), refused[0], infected, late=True),
    ]


def _in_quarantine(user, at) -> tuple:
    """How many files there are of each kind that waits for somebody, and since when."""
    kind = Case(
        When(verdict="clean", is_held=True, then=Value(HELD)),
        When(verdict__in=[WAITING, INFECTED], then="verdict"),
        output_field=CharField(),
    )
    files = files_of_sent(user).order_by().annotate(waits=kind).filter(waits__isnull=False)
    return files.values_list("waits").annotate(count=Count("pk"), oldest=Min("added_at")).query.sql_with_params()


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
