"""Organisations that wait: their claims, who asks to act for them, likely twins, what a register touched."""

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from accreditation.models import Accreditation, AccreditationStep, Membership, RegisterImport, Resemblance
from accreditation.registers.settling import touches_for
from imrf_portal.worklist.lines import Line, Waiting, link

CLAIMS = {
    "submitted": lambda: _("Claims nobody has taken up"),
    "screening": lambda: _("Claims in screening"),
    "put_forward": lambda: _("Before Member States, outcome not recorded"),
}


def claims(user):
    if not user.has_perm("accreditation.view_accreditation"):
        return []
    last = AccreditationStep.objects.filter(accreditation=OuterRef("pk")).order_by("-at").values("at")[:1]
    waiting = Accreditation.objects.visible_to(user).filter(status__in=CLAIMS).annotate(since=Subquery(last))
    wanted = {f"{status}_count": Count("pk", filter=Q(status=status)) for status in CLAIMS}
    wanted |= {f"{status}_since": Min("since", filter=Q(status=status)) for status in CLAIMS}
    found = waiting.aggregate(**wanted)
    return [
        Line(label(), found[f"{status}_count"], link(Accreditation, status__exact=status), found[f"{status}_since"])
        for status, label in CLAIMS.items()
    ]


def requests_to_join(user):
    if not user.has_perm("accreditation.view_membership"):
        return []
    asked = Membership.objects.asked()
    return [Waiting(_("Requests to join an organisation"), asked, link(Membership, state="asked"), "asked_at")]


def records(user):
    """Who asks to act for an organisation, and which of their records may be one."""
    return [*requests_to_join(user), *twins(user)]


def twins(user):
    """Pairs of records that may be one organisation."""
    if not user.has_perm("accreditation.view_resemblance"):
        return []
    found = Resemblance.objects.filter(verdict="open")
    return [Waiting(_("Possible twins to look at"), found, link(Resemblance, verdict__exact="open"), "found_at")]


def registers(user):
    """Standings that a newer register touched, and copies that were read and wait for their second word."""
    lines = []
    if user.has_perm("accreditation.view_registertouch"):
        touched = touches_for(user).filter(settled_at__isnull=True)
        url = link(touched.model, settled="no")
        lines.append(Waiting(_("Standings touched by a register"), touched, url, "run__brought_in_at"))
    if user.has_perm("accreditation.view_registerimport"):
        found = RegisterImport.objects.filter(state="read")
        url = link(RegisterImport, state__exact="read")
        lines.append(Waiting(_("Copies of registers to bring in or set aside"), found, url, "at"))
    return lines
