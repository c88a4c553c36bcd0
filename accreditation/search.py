"""Finding an organisation by name: what people type is compared with names, acronyms and addresses by trigrams."""

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Q
from django.db.models.expressions import Value
from django.db.models.functions import Greatest, Upper

from accreditation.models import Organisation

ALIKE = 0.35
MOST = 20


def organisations_like(name, acronym="", most=MOST):
    """Organisations whose name is much like this one, or that carry this acronym; the likeliest first."""
    if not name.strip() and not acronym.strip():
        return Organisation.objects.none()
    wanted = name.upper()
    likeness = Greatest(
        TrigramSimilarity(Upper("name"), Value(wanted)), TrigramWordSimilarity(wanted, Upper("name")), Value(0.0)
    )
    same_acronym = Q(acronym__iexact=acronym or name) & ~Q(acronym="")
    found = Organisation.objects.annotate(likeness=likeness).filter(Q(likeness__gte=ALIKE) | same_acronym)
    return found.select_related("country").order_by("-likeness", "name")[:most]
