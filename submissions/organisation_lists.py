"""Lists of organisations of which something is public, narrowed by letter, kind, region, country and words of a name."""

import unicodedata

from django.db.models import Min, Q
from django.utils.translation import gettext as _

from accreditation.models import Accreditation
from accreditation.models.organisation import Kind
from forums.atom import midnight
from forums.models import Country, Region
from forums.narrowing import Field, Narrowing, read
from forums.typed import one_line
from submissions.publication import public_organisations, visible

OTHER = "#"  # a name that begins with a figure or a sign


def words_of(query) -> str:
    """Words of a name, as `q` has them."""
    return one_line(query.get("q", ""))[:100].strip()


def narrowed(query, at, *, others=("q", "page"), steady=False) -> tuple[list[dict], Narrowing, list]:
    """Every row that has the words, what is asked for, and the keys that answer it: none where a value does not exist.

    With `steady` letters and countries of which there is nothing today are no mistake: programs ask again tomorrow.
    """
    every = rows_of(at, question := words_of(query))
    fields = fields_of(every, letters=query.getlist("letter") if steady else (), all_countries=steady)
    asked = read(query, *fields, words=question, others=others)
    keys = [] if asked.unknown else [row["key"] for row in every if asked.takes(**values_of(row))]
    return every, asked, keys


def rows_of(at, question) -> list[dict]:
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


def values_of(row) -> dict:
    return {name: row[name] for name in ("letter", "kind", "region", "country")}


def fields_of(every, *, letters=(), all_countries=False) -> tuple:
    """With the letters and countries of these rows; and with those of `letters` that a name could begin with."""
    initials = sorted({row["letter"] for row in every} | {sign for sign in letters if letter_of(sign) == sign})
    there = {row["country"] for row in every}
    countries = sorted(((country.iso3, country.name) for country in Country.objects.all()), key=lambda pair: pair[1])
    return (
        Field("letter", _("First letter"), {letter: letter for letter in initials}),
        Field("kind", _("Kind of organisation"), {code: str(word) for code, word in Kind.choices}),
        Field("region", _("Region"), {region.code: region.name for region in Region.objects.all()}),
        Field("country", _("Country or area"), {code: word for code, word in countries if all_countries or code in there}),
    )


def public_since(keys, at) -> dict:
    """Since when each of these organisations is public, by its key: by its first input or standing; three statements.

    A standing of which no step is kept counts from the day on which it was decided.
    """
    since = {}

    def seen(key, moment):
        since[key] = min(since.get(key, moment), moment)

    led = visible(at).filter(organisation__in=keys).order_by().values("organisation")
    for key, moment in led.annotate(first=Min("visible_at")).values_list("organisation", "first"):
        seen(key, moment)
    wanted = set(keys)
    under = visible(at).filter(co_sponsor_keys__overlap=list(keys)).order_by()
    for several, moment in under.values_list("co_sponsor_keys", "visible_at"):
        for key in wanted.intersection(several):
            seen(key, moment)
    steps = Min("steps__at", filter=Q(steps__became__in=Accreditation.STANDING))
    told = Accreditation.objects.told().filter(organisation__in=keys).order_by().annotate(first=steps)
    for key, moment, day in told.values_list("organisation", "first", "decided_on"):
        seen(key, moment or midnight(day))
    return since
