"""What a reader asks for: the query string, read value by value. What does not exist is said, never guessed."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Q
from django.utils.http import urlencode

from submissions.publication import of_organisations
from submissions.search.asked import LONGEST
from submissions.search.vocabulary import NO_STANDING

FIELDS = (
    "forum",
    "level",
    "objective",
    "round_table",
    "region",
    "country",
    "kind",
    "basis",
    "language",
    "year",
    "organisation",
)
SORTS = ("newest", "relevance", "organisation", "title", "country")
UPPER = ("country", "region")
CHOICES_KEPT = 1024
MOST_UNKNOWN = 20  # values that do not exist and are told to the reader, each with a link that asks for all others


@dataclass(frozen=True)
class Filters:
    """Several values of one field mean any of them; several fields mean all of them. The order does not matter."""

    q: str = ""
    chosen: tuple = ()  # pairs of field and code that exist, in one order
    fixed: tuple = ()  # pairs that the address itself says, such as the forum
    sort: str = ""
    page: int = 1
    unknown: tuple = ()  # pairs of field and value that do not exist
    ignored: tuple = ()  # fields that are no filter
    is_cut: bool = False  # more was typed than is looked for

    def values(self, field) -> list:
        return [code for name, code in (*self.fixed, *self.chosen) if name == field]

    def fields(self) -> list:
        """Fields that were chosen, in one order."""
        return [field for field in FIELDS if any(name == field for name, _code in self.chosen)]

    @property
    def order(self) -> str:
        """How the list is sorted: relevance when words are asked, else the newest first."""
        if self.sort and (self.q or self.sort != "relevance"):
            return self.sort
        return "relevance" if self.q else "newest"

    @property
    def kept_sort(self) -> str:
        """The order that a new search keeps: one that was chosen, not what is the order of such a list anyway."""
        return self.sort if self.order == self.sort != ("relevance" if self.q else "newest") else ""

    def query(self) -> str:
        """The same question as a query string, always in the same order and without the page."""
        return self._query(self.chosen)

    def _query(self, chosen):
        said = [urlencode({"q": self.q})] if self.q else []
        said += [_encoded(pair) for pair in chosen]
        said += [urlencode([pair]) for pair in self.unknown if pair[0] != "page"]
        said += [urlencode({"sort": self.sort})] if self.sort else []
        return "&".join(said)

    def whole_query(self) -> str:
        """What the address says included: the same inputs for machines, whose addresses say nothing."""
        return urlencode(([("q", self.q)] if self.q else []) + [*self.fixed, *self.chosen])

    def feed_query(self) -> str:
        """The same question and order for the feed."""
        asked = self.whole_query()
        return "&".join(part for part in (asked, urlencode({"sort": self.sort}) if self.sort else "") if part)

    def toggled(self, field, code) -> "Filters":
        """With this value, or without it when it is on; back on the first page."""
        return replace(self, chosen=self._toggled(field, code), page=1)

    def toggled_query(self, field, code) -> str:
        """The query string of that; asked for each of a hundred choices of a page."""
        return self._query(self._toggled(field, code))

    def _toggled(self, field, code):
        pair = (field, code)
        chosen = [each for each in self.chosen if each != pair] if pair in self.chosen else [*self.chosen, pair]
        return tuple(sorted(chosen, key=_place))

    def asking(self, words) -> "Filters":
        """With other words."""
        return replace(self, q=words, page=1)

    def without(self, field) -> "Filters":
        """Without anything said about that field (or about `q`)."""
        if field == "q":
            return replace(self, q="", page=1)
        return replace(self, chosen=tuple(pair for pair in self.chosen if pair[0] != field), page=1)

    def without_unknown(self, pair) -> "Filters":
        return replace(self, unknown=tuple(each for each in self.unknown if each != pair), page=1)

    def sorted_by(self, sort) -> "Filters":
        return replace(self, sort=sort, page=1)


def read(query, vocabulary, *, fixed=(), others=("sort", "page")) -> Filters:
    """Read a query string; `fixed` are pairs that the address says, `others` the parameters beside the filters."""
    fixed_fields = {field for field, _code in fixed}
    chosen, unknown = [], []
    for field in FIELDS:
        if field in fixed_fields:
            continue
        for value in dict.fromkeys(query.getlist(field)):
            if value := value.strip():
                code = value.upper() if field in UPPER else value.lower()
                known = code in vocabulary.words[field]
                (chosen if known else unknown).append((field, code if known else value))
    sort, page = query.get("sort", "").strip(), query.get("page", "").strip() or "1"
    if sort and sort not in SORTS:
        unknown.append(("sort", sort))
    if not (page.isascii() and page.isdigit() and len(page) < 8 and int(page)):
        unknown.append(("page", page))
    known_fields = {*FIELDS, "q", *others} - fixed_fields
    return Filters(
        q=(words := " ".join(query.get("q", "").replace("\x00", " ").split()))[:LONGEST],
        chosen=tuple(sorted(dict.fromkeys(chosen), key=_place)),
        fixed=tuple(fixed),
        sort=sort if sort in SORTS else "",
        page=1 if ("page", page) in unknown else int(page),
        unknown=tuple((field, value[:80]) for field, value in unknown[:MOST_UNKNOWN]),
        ignored=tuple(sorted(name[:40] for name in set(query) - known_fields)),
        is_cut=len(words) > LONGEST,
    )


def condition(field, codes, vocabulary) -> Q:
    """What one field asks of a published input."""
    if field == "organisation":
        return of_organisations([vocabulary.keys[field][code] for code in codes])
    if field in vocabulary.keys:
        return Q(**{f"{field}__in": [vocabulary.keys[field][code] for code in codes]})
    if field in ("objective", "round_table"):
        return Q(**{f"{field}s__overlap": [int(code) for code in codes]})
    if field == "region":
        return Q(in_regions__overlap=codes)
    if field == "year":
        return Q(received_in__in=[int(code) for code in codes])
    if field == "country":
        return Q(countries__overlap=codes)
    if field == "basis":
        return Q(basis__in=["" if code == NO_STANDING else code for code in codes])
    return Q(**{f"{field}__in": codes})


def codes_of(field, codes, vocabulary) -> list:
    """What rows carry for these codes, as text: the key of a forum, nothing where no standing is recorded."""
    if field in vocabulary.keys:
        return [str(vocabulary.keys[field][code]) for code in codes]
    if field in ("objective", "round_table", "year"):
        return [str(int(code)) for code in codes]
    return ["" if (field, code) == ("basis", NO_STANDING) else code for code in codes]


def conditions(filters, vocabulary) -> dict:
    """Field -> what it asks, for the fields that were chosen."""
    return {field: condition(field, filters.values(field), vocabulary) for field in filters.fields()}


def scope(filters, vocabulary) -> Q:
    """What the address itself asks."""
    asked = Q()
    for field in {name for name, _code in filters.fixed}:
        asked &= condition(field, [code for name, code in filters.fixed if name == field], vocabulary)
    return asked


@lru_cache(maxsize=CHOICES_KEPT)
def _encoded(pair):
    """A choice that exists, as a part of a query string."""
    return urlencode([pair])


def _place(pair):
    field, code = pair
    return FIELDS.index(field), (0, int(code), "") if code.isdigit() else (1, 0, code)
