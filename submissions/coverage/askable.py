"""Organisations with a standing for the forum that have sent nothing: whom the desk could ask."""

from django.db.models import Exists, OuterRef, Q, Subquery

from accreditation.models import Accreditation, Organisation
from submissions.coverage.counting import COUNTED
from submissions.models import CoSponsor, Submission


def askable(forum, user, *, objective="", region="", kind=""):
    """Those of that kind and region, each with `standing_code`; one's own organisations are left to others.

    Of an objective: those that have sent nothing about it; otherwise those that have sent nothing at all, nor stand under
    the input of another.
    """
    standing = Accreditation.objects.told().filter(forum=forum, organisation=OuterRef("pk")).order_by("pk")
    wrote = Submission.objects.filter(call__forum=forum, status__in=COUNTED)
    if objective:
        wrote = wrote.filter(objectives=objective)
    under = CoSponsor.objects.named().filter(submission__in=wrote.values("pk"), organisation=OuterRef("pk"))
    found = Organisation.objects.living().filter(Exists(standing)).exclude(Exists(wrote.filter(organisation=OuterRef("pk"))))
    found = found.exclude(Exists(under)).exclude(pk__in=Organisation.objects.represented_by(user))
    if kind:
        found = found.filter(kind=kind)
    if region:
        works = Organisation.objects.filter(Q(regions=region) | Q(country__regions=region))
        found = found.filter(pk__in=works.values("pk"))
    found = found.annotate(standing_code=Subquery(standing.values("basis")[:1]))
    return found.select_related("country").order_by("name", "pk")
