"""What somebody who types may mean: public organisations, countries and areas, objectives; each leads to what it names."""

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accreditation.models import OrganisationName
from accreditation.names import fold
from forums.models import Country, Objective
from submissions.publication import public_organisations
from submissions.search.analysis import HAN_RUN
from submissions.search.querying import by_index
from submissions.search.spelling import meant_by

LONGEST, SHORTEST = 60, 2
MOST, MOST_LOOKED_AT = 5, 200  # of one kind
MOST_MENDED = 3  # words


def completions(typed: str, at) -> list:
    """At most five of each kind, names that begin so before others; three statements, at most seven."""
    asked = fold(typed[:LONGEST].replace("\x00", " "))
    if len(asked) < (1 if HAN_RUN.search(asked) else SHORTEST):
        return []
    return [*_objectives(asked), *_countries(asked), *_organisations(asked, at)]


def _objectives(asked):
    objectives = Objective.objects.order_by("number")
    named = [(f"{each.number}. {each.label}", [each.label, str(each.number)], each) for each in objectives]
    return [
        _line(_("Objective"), label, reverse("submissions:objective", args=[each.number]))
        for label, each in _likest(asked, named)
    ]


def _countries(asked):
    countries = Country.objects.order_by("iso3")
    named = [(each.name, [each.name, each.name_en or "", each.iso3], each) for each in countries]
    return [_line(_("Country or area"), name, _list_of(country=each.iso3)) for name, each in _likest(asked, named) if name]


def _organisations(asked, at):
    """By any name they have or had, else by the words that were meant; only those the public may know."""
    if found := _public(asked, at):
        return found
    with by_index():
        meant = " ".join(meant_by(word, at) or word for word in asked.split()[:MOST_MENDED])
    return _public(meant, at) if meant != asked else []


def _public(asked, at):
    holding = Q()
    for word in asked.split():
        holding &= Q(folded__contains=word)
    keys = OrganisationName.objects.filter(holding).order_by("folded").values("organisation")[:MOST_LOOKED_AT]
    bodies = public_organisations(at).filter(pk__in=keys).only("name", "slug", "acronym", "name_language").order_by("name")
    named = [(each.name, [each.name, each.acronym], each) for each in bodies[:MOST_LOOKED_AT]]
    likest = _likest(asked, named) or [(name, each) for name, _names, each in named[:MOST]]
    return [
        _line(_("Organisation"), name, reverse("submissions:organisation", args=[each.slug]), each.name_language)
        for name, each in likest
    ]


def _likest(asked, named):
    """Of triples of label, names and thing those whose names hold all words: whole beginnings, then words, then the rest."""
    found = []
    for place, (label, names, thing) in enumerate(named):
        ranks = [rank for name in names if (rank := _rank(asked, fold(name or ""))) is not None]
        if ranks:
            found.append((min(ranks), place, label, thing))
    return [(label, thing) for _rank_of, _place, label, thing in sorted(found, key=lambda one: one[:2])[:MOST]]


def _rank(asked, name):
    if name.startswith(asked):
        return 0
    if all(f" {name}".find(f" {word}") >= 0 for word in asked.split()):
        return 1
    return 2 if asked in name and (len(asked) > SHORTEST or HAN_RUN.search(asked)) else None


def _list_of(**query):
    return f"{reverse('submissions:inputs')}?{urlencode(query)}"


def _line(kind, label, url, language=""):
    return {"kind": kind, "label": label, "language": language or get_language(), "url": url}
