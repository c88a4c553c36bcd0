"""Organisations of which something is public: a list by letter, kind, region and country, and words of a name."""

from django.shortcuts import render
from django.utils.timezone import now

from accreditation.models import Organisation
from forums.paging import page_of
from forums.public_page import public_page
from submissions.organisation_lists import narrowed, values_of, words_of
from submissions.publication import inputs_of

A_PAGE = 50


@public_page
def organisations(request):
    """Every state stands in the address; a number of statements that does not grow."""
    at = now()
    every, asked, keys = narrowed(request.GET, at)
    page, no_page = page_of(keys, A_PAGE, request.GET)
    facets = asked.facets([values_of(row) for row in every])
    about = {
        "asked": asked,
        "letters": facets[0],
        "facets": [facet for facet in facets[1:] if facet["options"]],
        "page": page,
        "no_page": no_page,
        "answered": (answered := not (asked.unknown or no_page)),
        "shown": _shown(list(page or ()), at),
        "total": len(keys),
        "question": words_of(request.GET),
        "query": asked.query,
    }
    return render(request, "submissions/public/organisations.html", about, status=200 if answered else 400)


def _shown(keys, at):
    """The organisations of one page with the number of inputs that stand under each name."""
    found = Organisation.objects.filter(pk__in=keys).select_related("country").in_bulk()
    numbers = inputs_of(keys, at)
    return [(found[key], numbers.get(key, 0)) for key in keys]
