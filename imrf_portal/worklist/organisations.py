"""Organisations that wait: their claims, who asks to act for them, likely twins, what a register touched."""

from django.db.models import Count, Min, OuterRef, Subquery
from django.utils.translation import gettext as _

from accreditation.models import Accreditation, AccreditationStep, Membership, RegisterImport, RegisterTouch, Resemblance
from accreditation.registers.settling import touches_for
from imrf_portal.worklist.lines import Line, Waiting, link

CLAIMS = {
    "submitted": lambda: _("Claims nobody has taken up"),
    "screening": lambda: _("Claims in screening"),
    "put_forward": lambda: _("Before Member States, outcome not recorded"),
}


def claims(asking):
    if not asking.user.has_perm("accreditation.view_accreditation"):
        return []
    found = {status: (count, since) for status, count, since in asking.rows("claims", _claims)}
    lines = []
    for status, label in CLAIMS.items():
        count, since = found.get(status, (0, None))
        lines.append(Line(label(), count, link(Accreditation, status__exact=status), since))
    return lines


def _claims(user, at) -> tuple:
    """How many are at each status, and when the first of them came to it."""
    last = AccreditationStep.objects.filter(accreditation=OuterRef("pk")).order_by("-at").values("at")[:1]
    waiting = Accreditation.objects.visible_to(user).filter(status__in=CLAIMS).annotate(since=Subquery(last)).order_by()
    counts = waiting.values_list("status").annotate(count=Count("pk"), oldest=Min("since"))
    return counts.query.sql_with_params()


def requests_to_join(user):
    if not user.has_perm("accreditation.view_membership"):
        return []
    return [Waiting(_("Requests to join an organisation"), _asked_to_join, link(Membership, state="asked"), "asked_at")]


def _asked_to_join(user, at):
    return Membership.objects.asked()


def records(user):
    """Who asks to act for an organisation, and which of their records may be one."""
    return [*requests_to_join(user), *twins(user)]


def twins(user):
    """Pairs of records that may be one organisation."""
    if not user.has_perm("accreditation.view_resemblance"):
        return []
    return [Waiting(_("Possible twins to look at"), _open_twins, link(Resemblance, verdict__exact="open"), "found_at")]


def _open_twins(user, at):
    return Resemblance.objects.filter(verdict="open")


def registers(user):
    """Standings that a newer register touched, and copies that were read and wait for their second word."""
    lines = []
    if user.has_perm("accreditation.view_registertouch"):
        url = link(RegisterTouch, settled="no")
        lines.append(Waiting(_("Standings touched by a register"), _touched, url, "run__brought_in_at"))
    if user.has_perm("accreditation.view_registerimport"):
        url = link(RegisterImport, state__exact="read")
        lines.append(Waiting(_("Copies of registers to bring in or set aside"), _read_registers, url, "at"))
    return lines


def _touched(user, at):
    return touches_for(user).filter(settled_at__isnull=True)


def _read_registers(user, at):
    return RegisterImport.objects.filter(state="read")
