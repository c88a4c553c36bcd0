"""Organisations of which something is public: a list by letter, kind, region and country, and words of a name."""

import unicodedata

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation.models import Organisation
from accreditation.models.organisation import Kind
from forums.models import Country, Region
from forums.narrowing import Field, read
from forums.public_page import public_page
from forums.typed import one_line
from submissions.publication import inputs_of, public_organisations

A_PAGE = 50
OTHER = "#"  # a name that begins with a figure or a sign


@public_page
def organisations(request):
    """Every state stands in the address; a number of statements that does not grow."""
    at = now()
    question = one_line(request.GET.get("q", ""))[:100].strip()
    every = _rows(at, question)
    asked = read(request.GET, *_fields(every))
    keys = [] if asked.unknown else [row["key"] for row in every if asked.takes(**_values(row))]
    page = Paginator(keys, A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    facets = asked.facets([_values(row) for row in every])
    about = {
        "asked": asked,
        "letters": facets[0],
        "facets": [facet for facet in facets[1:] if facet["options"]],
        "page": page,
        "shown": _shown(list(page), at),
        "total": len(keys),
        "question": question,
        "query": query.urlencode(),
    }
    return render(request, "submissions/public/organisations.html", about, status=400 if asked.unknown else 200)


def _rows(at, question):
    """Key, letter, kind, country and regions of each, in the order of names."""
    found = public_organisations(at)
    if question:
        found = found.filter(names__name__icontains=question).distinct()
    regions = _regions()
    rows = sorted(found.order_by("pk").values_list("pk", "name", "kind", "country"), key=lambda row: folded(row[1]))
    return [
        {"key": key, "letter": letter_of(name), "kind": kind, "country": country or "", "region": regions.get(country, ())}
        for key, name, kind, country in rows
    ]


def _regions() -> dict:
    found = {}
    for country, region in Country.regions.through.objects.order_by("region_id").values_list("country_id", "region_id"):
        found[country] = (*found.get(country, ()), region)
    return found


def folded(name) -> str:
    """A name without marks and capitals, by which a list of names is sorted: Élan stands beside Elan."""
    return "".join(
        each for each in unicodedata.normalize("NFKD", name.strip()) if not unicodedata.combining(each)
    ).casefold()


def letter_of(name) -> str:
    """The first letter of a name without its marks, as a list of names is looked through."""
    first = folded(name)[:1].upper()
    return first if first.isalpha() else OTHER


def _values(row) -> dict:
    return {name: row[name] for name in ("letter", "kind", "region", "country")}


def _fields(every):
    letters, there = sorted({row["letter"] for row in every}), {row["country"] for row in every}
    countries = sorted(((country.iso3, country.name) for country in Country.objects.all()), key=lambda pair: pair[1])
    return (
        Field("letter", _("First letter"), {letter: letter for letter in letters}),
        Field("kind", _("Kind of organisation"), {code: str(word) for code, word in Kind.choices}),
        Field("region", _("Region"), {region.code: region.name for region in Region.objects.all()}),
        Field("country", _("Country or area"), {code: word for code, word in countries if code in there}),
    )


def _shown(keys, at):
    """The organisations of one page with the number of inputs that stand under each name."""
    found = Organisation.objects.filter(pk__in=keys).select_related("country").in_bulk()
    numbers = inputs_of(keys, at)
    return [(found[key], numbers.get(key, 0)) for key in keys]
