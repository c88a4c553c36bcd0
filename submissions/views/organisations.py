"""Organisations of which something is public: one, and a list by letter, kind, region, country and words of a name."""

from django.conf import settings
from django.db.models import Count, Value
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.timezone import now

from accreditation.models import Accreditation, Organisation
from forums.kept_statements import KeptStatement
from forums.once import kept_forums_of
from forums.paging import page_of
from forums.public_page import public_page
from submissions.cards import cards
from submissions.organisation_lists import narrowed, values_of, words_of
from submissions.publication import inputs_of, of_organisations, public_organisations, visible
from submissions.search.vocabulary import vocabulary

A_PAGE, LATEST = 50, 10


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


@public_page
def organisation(request, slug):
    """An organisation the public may know of, its standing at each forum, its latest inputs; else as a missing one.

    An address that it had before leads to the one it has.
    """
    at = now()
    organisation = next(iter(ORGANISATION.rows(at=at, slug=slug)), None)
    if organisation is None:
        return redirect(get_object_or_404(public_organisations(at), former_addresses__slug=slug), permanent=True)
    own = {"at": at, "organisations": [organisation.pk]}
    languages = dict(settings.LANGUAGES)
    about = {
        "organisation": organisation,
        "other_names": [(code, name, languages[code]) for code, name in organisation.other_names.items()],
        "standings": STANDINGS.rows(organisation=organisation.pk),
        "cards": cards(LATEST_OF.rows(**own), vocabulary(kept_forums_of(request), kept=True)),
        "total": NUMBER_OF.rows(**own)[0]["number"],
        "feed_query": urlencode({"organisation": organisation.slug}),
    }
    return render(request, "submissions/public/organisation.html", about)


def _named(*, at, slug):
    return public_organisations(at).select_related("country").filter(slug=slug)


def _standings(*, organisation):
    told = Accreditation.objects.told().filter(organisation=organisation)
    return told.select_related("forum", "basis").order_by("-forum__first_day", "pk")


def _inputs_of(*, at, organisations):
    return visible(at).filter(of_organisations(organisations))


def _latest_of(**own):
    return _inputs_of(**own).newest_first().lean()[:LATEST]


def _number_of(**own):
    return _inputs_of(**own).order_by().values(one=Value(1)).annotate(number=Count("pk")).values("number")


ORGANISATION, STANDINGS = KeptStatement(_named), KeptStatement(_standings)
LATEST_OF, NUMBER_OF = KeptStatement(_latest_of), KeptStatement(_number_of)
