"""Narrowing a list by what stands in the address: known values choose, whatever else is answered with a sentence. Pure."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Field:
    """A parameter of the address, what it is called, and its values with their words."""

    name: str
    label: str
    words: dict


@dataclass(frozen=True)
class Narrowing:
    fields: tuple[Field, ...]
    chosen: tuple[tuple[str, str], ...]
    unknown: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...] = ()  # parameters that are no filter
    kept: tuple[tuple[str, str], ...] = ()  # words that are looked for: the ways to narrow keep them

    def values(self, name) -> list[str]:
        return [value for field, value in self.chosen if field == name]

    def takes(self, **values) -> bool:
        """Whether a row with these values is in the list; a field of which nothing is chosen takes every row.

        A row may have several values of one field, as a tuple: one of them is enough.
        """
        return all(
            not (chosen := self.values(name)) or any(one in chosen for one in _each(value)) for name, value in values.items()
        )

    @property
    def sentences(self) -> list[str]:
        """What is wrong with the address: a sentence for each value that does not exist, and for what is no filter."""
        unknown, aside = (
            _("“%(value)s” is not known here. Choose from the list."),
            _("“%(name)s” is not a filter of this list and was left aside."),
        )
        return [
            *(unknown % {"value": value} for _name, value in self.unknown),
            *(aside % {"name": name} for name in self.ignored),
        ]

    @property
    def query(self) -> str:
        """The same question as a query string, without the page and what was left aside."""
        return urlencode([*self.kept, *self.chosen])

    @property
    def pills(self) -> list[dict]:
        """What is chosen; each with the list without it."""
        words = {(field.name, value): word for field in self.fields for value, word in field.words.items()}
        pairs = [*self.chosen, *self.unknown]
        return [
            {"label": words.get(pair, pair[1]), "url": self._query(each for each in pairs if each != pair)} for pair in pairs
        ]

    def facets(self, rows) -> list[dict]:
        """Each field with the values that rows have, and how many remain with it. A row is a dictionary of values."""
        return [self._facet(field, [row for row in rows if self._takes_but(field, row)]) for field in self.fields]

    def _takes_but(self, field, row) -> bool:
        return self.takes(**{name: value for name, value in row.items() if name != field.name})

    def _facet(self, field, rows) -> dict:
        found, on = Counter(one for row in rows for one in _each(row[field.name])), self.values(field.name)
        options = [
            {
                "label": word,
                "count": found[value],
                "current": value in on,
                "url": self._toggled((field.name, value)),
            }
            for value, word in field.words.items()
            if value in found or value in on
        ]
        return {"label": field.label, "options": options, "is_open": True}

    def _toggled(self, pair) -> str:
        without = [each for each in self.chosen if each != pair]
        return self._query(without if pair in self.chosen else [*self.chosen, pair])

    def _query(self, pairs) -> str:
        return f"?{urlencode([*self.kept, *pairs])}"


def _each(value) -> tuple:
    return value if isinstance(value, tuple) else (value,)


def read(query, *fields: Field, words="", others=("page",)) -> Narrowing:
    """What a reader asks for in the query string; empty values ask for nothing.

    `words` are those of `q`, where the list takes them; `others` the parameters beside. Any further one is left aside.
    """
    asked = [(field, value.strip()) for field in fields for value in query.getlist(field.name) if value.strip()]
    pairs = list(dict.fromkeys((field.name, value[:80], value in field.words) for field, value in asked))
    return Narrowing(
        fields,
        chosen=tuple((name, value) for name, value, known in pairs if known),
        unknown=tuple((name, value) for name, value, known in pairs if not known),
        ignored=tuple(sorted(name[:40] for name in set(query) - {field.name for field in fields} - set(others))),
        kept=(("q", words),) if words else (),
    )
