"""The figures of a compilation: inputs by level, region, kind of organisation, language and objective.

Published ones are shown in it; those whose authors agreed to statistics only are counted here and shown nowhere. Pure.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

FIELDS = ("level", "region", "kind", "language", "objective")


@dataclass(frozen=True)
class Line:
    code: str
    word: str
    shown: int
    counted: int

    @property
    def all(self) -> int:
        return self.shown + self.counted


@dataclass(frozen=True)
class Tally:
    field: str
    title: str
    lines: tuple
    several: bool  # an input may stand in several lines


def tallies_of(shown, counted, words) -> tuple:
    """`shown` and `counted` are dicts of field -> codes, one an input; `words` is a vocabulary. Gaps stand as noughts."""
    titles = {
        "level": _("Inputs by level"),
        "region": _("Inputs by region"),
        "kind": _("Inputs by kind of organisation"),
        "language": _("Inputs by language"),
        "objective": _("Inputs by objective"),
    }
    found = []
    for field in FIELDS:
        of_shown, of_counted = _counts(shown, field), _counts(counted, field)
        known = [str(code) for code in words.words[field]]
        codes = [*known, *sorted((set(of_shown) | set(of_counted)) - set(known))]
        lines = tuple(_line(code, field, of_shown, of_counted, words) for code in codes)
        if lost := _without(shown, counted, field):
            lines = (*lines, Line("", _("None named"), *lost))
        found.append(Tally(field, titles[field], lines, field in ("region", "objective")))
    return tuple(found)


def _line(code, field, shown, counted, words):
    return Line(code, words.word(field, code), shown[code], counted[code])


def _counts(rows, field) -> Counter:
    return Counter(str(code) for row in rows for code in row[field])


def _without(shown, counted, field):
    lost = tuple(sum(1 for row in rows if not row[field]) for rows in (shown, counted))
    return lost if any(lost) else ()
