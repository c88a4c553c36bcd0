"""Finding an organisation by any of its names; a record that was merged leads to the one that was kept."""

from django.db.models import prefetch_related_objects

from accreditation import likeness
from accreditation.candidates import candidates, judged
from accreditation.models import OrganisationName

MOST = 20
WORTH_SHOWING = 0.45  # whoever looks for their own organisation types part of its name


def organisations_alike(name, acronym="", most=MOST, worth=WORTH_SHOWING) -> list[likeness.Match]:
    """Matches of living organisations, best first, by any name: official, former, acronym, of another script, look-alike."""
    asked = name if name.strip() else acronym
    names = OrganisationName.objects.select_related("organisation__country", "organisation__merged_into")
    rows = [*candidates(names, asked, acronym=acronym), *_begun(names, asked)]
    found = judged(rows, asked, lambda row: row.organisation.merged_into or row.organisation, acronym=acronym)
    ranked = likeness.best((each for each in found if each.score >= worth or _holds(asked, each.name)), most)
    prefetch_related_objects([each.thing for each in ranked], "country")
    return ranked


def organisations_like(name, acronym="", most=MOST):
    """The organisations themselves, best first, each with `.match` that says why."""
    found = organisations_alike(name, acronym, most)
    for each in found:
        each.thing.match = each
    return [each.thing for each in found]


def _begun(names, asked, most=20):
    """Names that hold all that was typed: the beginning of a long name shares too few trigrams with the whole."""
    folded = likeness.fold(asked)
    return list(names.filter(folded__contains=folded).order_by("folded")[:most]) if len(folded) > 2 else []


def _holds(asked, known) -> bool:
    return likeness.fold(asked) in likeness.fold(known)
