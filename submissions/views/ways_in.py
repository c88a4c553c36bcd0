"""Other ways to the inputs, for the public: by objective, by country or area, by region."""

from django.db.models import Count, F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now

from forums.compact import IN_SHORT
from forums.models import Country, NationalReview, Objective, Region, RegionalReview
from forums.once import forums_of
from forums.public_page import public_page
from submissions.figures.counting import numbers
from submissions.publication import public_organisations
from submissions.search.listing import list_inputs

SHOWN = 12  # organisations named on the page of a country


@public_page
def objectives(request):
    """The 23 objectives, each in short and with the number of inputs that are shown."""
    counted = numbers(now())
    rows = [(each, IN_SHORT[each.number], counted.pair("objective", each.number)[0]) for each in Objective.objects.all()]
    return render(request, "submissions/public/objectives.html", {"objectives": rows})


@public_page
def countries(request):
    """Countries and areas of which something is public, by region; every other one by name."""
    at = now()
    counted = numbers(at)
    bodies = _by_country(public_organisations(at), "country")
    reviews = _by_country(NationalReview.objects, "country")
    known, silent = [], []
    for country in Country.objects.prefetch_related("regions"):
        found = (counted.pair("country", country.pk)[0], bodies.get(country.pk, 0), reviews.get(country.pk, 0))
        (known if any(found) else silent).append((country, *found))
    in_order = {"known": sorted(known, key=_name), "silent": sorted(silent, key=_name)}
    regions = [(region, counted.pair("region", region.pk)[0]) for region in Region.objects.order_by("name")]
    return render(request, "submissions/public/countries.html", {**in_order, "regions": regions})


def _name(row) -> str:
    return row[0].name


def _by_country(rows, column) -> dict:
    found = rows.exclude(**{column: None}).order_by().values(column)
    return dict(found.annotate(number=Count("pk")).values_list(column, "number"))


@public_page
def country(request, code):
    """Inputs about a country, its national reviews, organisations that have their seat there."""
    if code != code.upper():
        return redirect("submissions:country", code.upper(), permanent=True)
    found, at = get_object_or_404(Country.objects.prefetch_related("regions"), pk=code), now()
    listing = list_inputs(request.GET, at=at, fixed=[("country", code)], forums=forums_of(request))
    bodies = public_organisations(at).filter(country=found).order_by("name", "pk")
    about = {
        **listing.context(),
        "country": found,
        "reviews": NationalReview.objects.filter(country=found).select_related("forum"),
        "bodies": list(bodies[: SHOWN + 1]),
        "most": SHOWN,
    }
    return render(request, "submissions/public/country.html", about, status=listing.status)


@public_page
def region(request, code):
    """Inputs that name a region, its regional reviews, and its countries with what is about each."""
    if code != code.upper():
        return redirect("submissions:region", code.upper(), permanent=True)
    found = Region.objects.filter(pk=code).first()
    if found is None:
        raise Http404
    at = now()
    counted = numbers(at)
    listing = list_inputs(request.GET, at=at, fixed=[("region", code)], forums=forums_of(request))
    about = {
        **listing.context(),
        "region": found,
        "everything": counted.pair("region", code)[0],
        "reviews": RegionalReview.objects.filter(regions=found).order_by(F("first_day").desc(nulls_last=True), "pk"),
        "countries": [(each, counted.pair("country", each.pk)[0]) for each in found.countries.order_by("name")],
    }
    return render(request, "submissions/public/region.html", about, status=listing.status)
