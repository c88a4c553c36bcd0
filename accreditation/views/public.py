"""Who is accredited to a forum: a page with filters, and exactly what it shows as CSV and JSON."""

import csv

from django.db.models import Q
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accreditation.models import Basis
from accreditation.models.organisation import Kind
from accreditation.participation.terms import terms_of
from accreditation.public_list import COLUMNS, accredited, row_of
from forums.cells import as_text
from forums.models import Country, Forum, Region
from forums.narrowing import Field, read
from forums.paging import page_of
from forums.public_page import public_page
from forums.typed import one_line

A_PAGE = 50
LOOKUPS = {"basis": "basis", "kind": "organisation__kind", "country": "organisation__country"}


@public_page
def accredited_organisations(request, slug):
    """Filtered by basis, kind, region, country and words; every state stands in the address."""
    forum, narrowing, found, question = as_asked(request, slug)
    rows = _facet_rows(accredited(forum), question)
    facets = narrowing.facets(rows)
    page, no_page = page_of(found, A_PAGE, request.GET)
    about = {
        "forum": forum,
        "asked": narrowing,
        "facets": facets,
        "page": page,
        "no_page": no_page,
        "answered": (answered := not (narrowing.unknown or no_page)),
        "total": page.paginator.count if page else found.count(),
        "question": question,
        "query": narrowing.query,
    }
    return render(request, "accreditation/public/accredited.html", about, status=200 if answered else 400)


@public_page
def accredited_csv(request, slug):
    """The filtered list as CSV; a cell that a spreadsheet would take for a formula is marked as text."""
    _forum, narrowing, found, _question = as_asked(request, slug)
    if narrowing.unknown:
        return HttpResponse(" ".join(narrowing.sentences) + "\n", status=400, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="accredited-{slug}.csv"'
    lines = csv.writer(response)
    lines.writerow(COLUMNS)
    lines.writerows([_as_text(cell) for cell in row_of(each).values()] for each in found)
    return response


@public_page
def accredited_json(request, slug):
    """The filtered list as JSON."""
    _forum, narrowing, found, _question = as_asked(request, slug)
    if narrowing.unknown:
        return JsonResponse({"detail": " ".join(narrowing.sentences)}, status=400)
    rows = [row_of(each) for each in found]
    return JsonResponse({"forum": slug, "accredited": rows}, json_dumps_params={"ensure_ascii": False})


def _as_text(cell):
    return as_text(cell) if isinstance(cell, str) else cell


def as_asked(request, slug, others=("q", "page")):
    """The forum if its list is public, what is asked for, and the accreditations that answer."""
    forum = get_object_or_404(Forum, slug=slug)
    if not terms_of(forum).accredited_public:
        raise Http404
    question = one_line(request.GET.get("q", ""))[:100].strip()
    narrowing = read(request.GET, *_fields(), words=question, others=others)
    found = _words(accredited(forum), question)
    for name, lookup in LOOKUPS.items():
        if chosen := narrowing.values(name):
            found = found.filter(**{f"{lookup}__in": chosen})
    if regions := narrowing.values("region"):
        found = found.filter(organisation__country__in=Country.objects.filter(regions__in=regions).values("pk"))
    return forum, narrowing, found.none() if narrowing.unknown else found, question


def _words(accreditations, question):
    if not question:
        return accreditations
    named = Q(organisation__name__icontains=question) | Q(organisation__acronym__iexact=question)
    return accreditations.filter(named)


def _fields():
    return (
        Field("basis", _("Basis"), {basis.code: basis.name for basis in Basis.objects.all()}),
        Field("kind", _("Kind of organisation"), {code: str(word) for code, word in Kind.choices}),
        Field("region", _("Region"), {region.code: region.name for region in Region.objects.all()}),
        Field("country", _("Country or area"), {country.iso3: country.name for country in Country.objects.all()}),
    )


def _facet_rows(accreditations, question):
    """Values of the facets; a country of several regions counts in each of them, as it is found in each."""
    regions = {}
    for region, country in Country.regions.through.objects.order_by("region_id").values_list("region_id", "country_id"):
        regions[country] = (*regions.get(country, ()), region)
    wanted = _words(accreditations, question).values_list("basis_id", "organisation__kind", "organisation__country_id")
    return [
        {"basis": basis, "kind": kind, "country": country or "", "region": regions.get(country, ())}
        for basis, kind, country in wanted
    ]
