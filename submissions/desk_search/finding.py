"""Words and phrases: in the reference, the title as it is shown, the organisation, or a body that stands under the input."""

import re

from django.db.models import Q

from accreditation.models import Organisation
from submissions.desk_search.as_sent import AsSent
from submissions.models import CoSponsor
from submissions.shown_titles import redacted_titles, shown_otherwise

REFERENCE = re.compile(r"(IMRF-[\w-]*|\d{5})", re.IGNORECASE)


def by_words(words: str) -> Q:
    """One word or one phrase, somewhere in what names the input."""
    if REFERENCE.fullmatch(words):
        return Q(reference__icontains=words)
    organisations = Organisation.objects.filter(Q(name__icontains=words) | Q(acronym__iexact=words)).values("pk")
    joint = CoSponsor.objects.named().filter(organisation__in=organisations)
    sent = AsSent(Q(title__icontains=words), Q(content__title__icontains=words)).whole
    by_title = (sent & ~redacted_titles()) | shown_otherwise(words)
    by_body = Q(organisation__in=organisations) | Q(pk__in=joint.values("submission"))
    return Q(reference__icontains=words) | by_title | by_body
