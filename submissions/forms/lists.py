"""The lists from which an author ticks. They are read where a page shows them; a saving only asks whether a key is known."""

from functools import cache, partial

from django.core.cache import caches
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from forums.prepared import rows_of
from submissions.models.chosen import CHOSEN
from submissions.typed_fields import Ticks

NOWHERE = "~"
KEYS = """
    SELECT ARRAY(SELECT iso3 FROM forums_country), ARRAY(SELECT code FROM forums_region),
        ARRAY(SELECT number FROM forums_objective ORDER BY number), ARRAY(SELECT number FROM forums_guidingprinciple),
        ARRAY(SELECT number || '. ' || {title} FROM forums_objective ORDER BY number)
"""  # first the columns in the order of CHOSEN
# As the models name themselves, in one language or else in English; a country with the first of its regions.
READ = """
    SELECT 'objectives', number, number::text, number || '. ' || {title}, '' FROM forums_objective UNION ALL
    SELECT 'principles', number, number::text, '(' || letter || ') ' || {title}, '' FROM forums_guidingprinciple UNION ALL
    SELECT 'regions', 0, code, {name}, '' FROM forums_region UNION ALL
    SELECT 'countries', 0, iso3, {name}, region FROM forums_country
    LEFT JOIN (SELECT country_id, min(region_id) AS region FROM forums_country_regions GROUP BY country_id) first_of
    ON country_id = iso3 ORDER BY 1, 2, 3
"""


class Listed(Ticks):
    """Ticks from the rows of a vocabulary. What its input says already is known; other keys are asked for."""

    said, ask_keys = frozenset(), None
    in_short = None  # of the objectives: their pairs to tick from, as they come with the keys that a saving asks for

    def valid_value(self, value):
        return str(value) in self.said or str(value) in self.ask_keys()

    def ask_once(self, choices):
        """`choices` is asked for when somebody first looks at them, and then kept for this page."""
        self.choices = Asked(choices)


class Asked(BaseChoiceIterator):
    """Pairs to choose from, in the shape in which Django wants them; asked for when somebody first looks at them."""

    def __init__(self, choices):
        self.choices = cache(choices)

    def __iter__(self):
        return iter(self.choices())

    def as_kept(self):
        """The list itself, as it lies in memory for all pages of a minute."""
        return self.choices()


def known_keys() -> tuple:
    """List -> the keys of its vocabulary, and the objectives as pairs to tick from; one statement for all."""
    *keys, objectives = _rows(KEYS)[0]
    found = {name: [str(key) for key in keys] for name, keys in zip(CHOSEN, keys, strict=True)}
    return found, list(zip(found["objectives"], objectives, strict=True))


def _rows(sql) -> list:
    return rows_of(sql.format(title=_in_language("title"), name=_in_language("name")))


def _in_language(column) -> str:
    own = build_localized_fieldname(column, get_language() or "en")
    return f"coalesce(nullif({own}, ''), {column}_en)"


def vocabularies() -> dict:
    """List -> pairs to tick from, countries with their first region; all four lists in one statement."""
    found = {name: [] for name in CHOSEN}
    for listed, _number, key, name, area in _rows(READ):
        found[listed].append((key, name, area) if listed == "countries" else (key, name))
    return found


def countries_by_region(regions, countries=None) -> list:
    """Countries under the first of their regions, by name in the language of the page; those in none at the end."""
    names = dict(regions) | {NOWHERE: _("Other countries and areas")}
    groups = {code: [] for code in names}
    for key, name, area in vocabularies()["countries"] if countries is None else countries:
        groups[area or NOWHERE].append((key, name))
    return [(names[code], sorted(group, key=lambda choice: choice[1])) for code, group in groups.items() if group]


def lists_to_tick() -> dict:
    """List -> what its page offers, in the language of the page; a minute old at most, as the same words on public pages.

    Whether a key is known is asked anew at each saving (known_keys).
    """
    return caches["words"].get_or_set(f"lists-to-tick-{get_language()}", _lists_to_tick)


def _lists_to_tick() -> dict:
    found = vocabularies()
    groups = countries_by_region(found["regions"], found["countries"])
    return found | {"countries": [(str(region), countries) for region, countries in groups]}


def show_lists(fields, said):
    """Give the lists of a page what they are ticked from; `said` are the keys that the input has already."""
    keys, lists = cache(known_keys), cache(lists_to_tick)
    for name in CHOSEN:
        fields[name].said = frozenset(map(str, said.get(name, ())))
        fields[name].ask_keys = partial(_of_list, lambda: keys()[0], name)
        fields[name].ask_once(partial(_of_list, lists, name))
    fields["objectives"].in_short = lambda: keys()[1]


def _of_list(read, name):
    return read()[name]
