"""National reviews as one database: national inputs of States to any forum, and reviews recorded from elsewhere."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from forums.atom import midnight
from forums.models import Country, NationalReview
from forums.narrowing import Field, read
from submissions.publication import visible

MOST = 5000  # of each origin; there are not two hundred States
COLUMNS = (
    "title",
    "title_language",
    "country",
    "country_name",
    "region",
    "forum",
    "year",
    "presented_on",
    "origin",
    "address",
)


@dataclass(frozen=True)
class Entry:
    title: str
    language: str
    country: tuple  # codes
    region: tuple
    forum: str  # address of one, or nothing
    year: int
    url: str
    since: datetime  # when it became public here; of a review from elsewhere when it was presented, else its year
    name: str  # by which feeds know it
    reference: str = ""  # of an input; a review from elsewhere has none
    changed: datetime | None = None
    presented_on: object = None
    note: str = ""


def entries(at, forums) -> list[Entry]:
    """The newest year first, then by country; three statements."""
    regions = {}
    for country, region in Country.regions.through.objects.values_list("country_id", "region_id"):
        regions.setdefault(country, []).append(region)
    found = [*_inputs(at, forums, regions), *_elsewhere(forums, regions)]
    return sorted(found, key=lambda entry: (-entry.year, entry.country, entry.title))


def _inputs(at, forums, regions):
    by_key = {forum.pk: forum for forum in forums}
    national = visible(at).filter(level="national", kind="member_state").order_by("-visible_at", "-pk")
    columns = ("title", "language", "countries", "forum_id", "reference", "organisation__country_id")
    rows = national.values_list(*columns, "visible_at", "changed_at")
    for title, language, countries, key, reference, home, since, changed in rows[:MOST]:
        codes, forum = tuple(countries or ([home] if home else [])), by_key[key]
        where = (codes, _of(codes, regions), forum.slug, forum.year, reverse("submissions:input", args=[reference]))
        yield Entry(title, language, *where, since, f"input/{reference}", reference, max(changed, since))


def _elsewhere(forums, regions):
    slugs = {forum.pk: forum.slug for forum in forums}
    for review in NationalReview.objects.all()[:MOST]:
        codes = (review.country_id,)
        about = {"presented_on": review.presented_on, "note": review.note}
        about |= {"since": midnight(review.presented_on or date(review.year, 1, 1)), "name": f"national-review/{review.pk}"}
        forum = slugs.get(review.forum_id, "")
        yield Entry(review.title, review.language, codes, _of(codes, regions), forum, review.year, review.url, **about)


def _of(codes, regions) -> tuple:
    return tuple(sorted({region for code in codes for region in regions.get(code, ())}))


def narrowed(every, query, words, *, others=("page",)):
    """What a reader asks for, and the entries that answer it; none where something asked for does not exist."""
    years = {str(entry.year): str(entry.year) for entry in every}
    there = {code for entry in every for code in entry.country}
    origins = {"input": _("Sent to a forum"), "elsewhere": _("Published elsewhere")}
    asked = read(
        query,
        Field("country", _("Country or area"), {code: word for code, word in words["country"].items() if code in there}),
        Field("region", _("Region"), words["region"]),
        Field("forum", _("Forum"), words["forum"]),
        Field("year", _("Year"), dict(sorted(years.items(), reverse=True))),
        Field("origin", _("Where it was published"), origins),
        others=others,
    )
    return asked, [] if asked.unknown else [entry for entry in every if asked.takes(**values_of(entry))]


def values_of(entry) -> dict:
    return {
        "country": entry.country,
        "region": entry.region,
        "forum": entry.forum,
        "year": str(entry.year),
        "origin": "input" if entry.reference else "elsewhere",
    }


def rows(found, words, site) -> list:
    """One line for each entry and country, codes beside words."""
    return [
        (
            *(entry.title, entry.language, code, words["country"].get(code, code), " ".join(entry.region)),
            *(entry.forum, entry.year, entry.presented_on and entry.presented_on.isoformat()),
            *(entry.reference or "elsewhere", site + entry.url if entry.reference else entry.url),
        )
        for entry in found
        for code in entry.country or ("",)
    ]
