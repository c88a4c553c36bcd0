"""The database of national reviews, for the public: a page with filters, and exactly what it shows as CSV."""

from itertools import groupby

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from forums.citing import paragraph_in_words
from forums.models import Forum
from forums.paging import page_of
from forums.public_page import public_page
from submissions import national_reviews
from submissions.figures import files
from submissions.search.vocabulary import vocabulary
from submissions.views.figures import csv_of

A_PAGE = 50
COMPACT = "A/RES/73/195"


@public_page
def database(request):
    """Everything that a State published about how it carries out the Compact, narrowed by what stands in the address."""
    every, words, asked, found = _asked(request, now())
    page, no_page = page_of(found, A_PAGE, request.GET)
    by_year = groupby(page or (), key=lambda entry: entry.year)
    years = [(year, [_in_words(entry, words) for entry in among]) for year, among in by_year]
    about = {
        "asked": asked,
        "facets": [each for each in asked.facets([national_reviews.values_of(entry) for entry in every]) if each["options"]],
        "years": years,
        "page": page,
        "no_page": no_page,
        "answered": (answered := not (asked.unknown or no_page)),
        "total": len(found),
        "query": asked.query,
        "elsewhere": any(not entry.reference for entry in every),
        "basis": paragraph_in_words(COMPACT, "53"),
    }
    return render(request, "submissions/public/national_reviews.html", about, status=200 if answered else 400)


@public_page
def database_csv(request):
    """The narrowed list, a line for each review and country."""
    at = now()
    _every, words, asked, found = _asked(request, at)
    if asked.unknown:
        return HttpResponse(" ".join(asked.sentences) + "\n", status=400, content_type="text/plain; charset=utf-8")
    rows = national_reviews.rows(found, words, settings.SITE_URL)
    return csv_of(files.of_list(national_reviews.COLUMNS, rows, at.date()), "imrf-national-reviews", at)


def _asked(request, at):
    forums = list(Forum.objects.all())
    words, every = vocabulary(forums).words, national_reviews.entries(at, forums)
    return every, words, *national_reviews.narrowed(every, request.GET, words)


def _in_words(entry, words):
    countries = [(code, words["country"].get(code, code)) for code in entry.country]
    return {"entry": entry, "countries": countries, "forum": words["forum"].get(entry.forum, "")}
