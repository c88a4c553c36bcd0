"""What is typed after a key, read into what the database compares: codes, numbers, spans of time, days. Pure."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

MOST_NUMBER = 10**6
UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
MOST_AGE = timedelta(days=3660)
LOOKUPS = {">": "gt", ">=": "gte", "<": "lt", "<=": "lte"}


class Misunderstood(Exception):
    """A sentence that says what was not understood and what may stand there."""


def codes_of(term, choices, aliases=()) -> list:
    """The codes that the values of a term name; a value is a code, or its word in the reader's language or in English."""
    known = {str(code).casefold(): code for code, _word in choices} | dict(aliases)
    for code, word in choices:
        known.setdefault(str(word).casefold(), code)
        with override("en"):
            known.setdefault(str(word).casefold(), code)
    found = []
    for value in term.values:
        if value.casefold() not in known:
            raise Misunderstood(unknown_value(term, value, [str(code) for code, _word in choices]))
        found.append(known[value.casefold()])
    return found


def unknown_value(term, value, codes) -> str:
    listed = {"typed": term.typed, "value": value, "values": ", ".join(codes)}
    return _("“%(typed)s”: “%(value)s” is not known here. It can be: %(values)s.") % listed


def refuse_sign(term):
    if term.sign:
        raise Misunderstood(_("“%(typed)s”: this key takes no signs like > or two dots.") % {"typed": term.typed})


def one_value(term):
    """The only value of a comparison."""
    if len(term.values) != 1:
        raise Misunderstood(_("“%(typed)s”: compare with one value, not with a list.") % {"typed": term.typed})
    return term.values[0]


def spans(term, read) -> list[dict]:
    """A comparison as lookups of a column, one dict for each value of a list; `read` makes a value of what was typed."""
    if term.sign == "..":
        low, high = (read(term, value) if value else None for value in term.values)
        return [{lookup: value for lookup, value in (("gte", low), ("lte", high)) if value is not None}]
    if term.sign:
        return [{LOOKUPS[term.sign]: read(term, one_value(term))}]
    return [{"exact": read(term, value)} for value in term.values]


def number(term, value) -> int:
    if not (value.isascii() and value.isdecimal() and len(value) < 8 and int(value) <= MOST_NUMBER):
        said = {"typed": term.typed, "key": term.key}
        raise Misunderstood(_("“%(typed)s”: give a number, as in %(key)s:>7 or %(key)s:2..9.") % said)
    return int(value)


def age(term, value) -> timedelta:
    amount, unit = value[:-1], value[-1:].lower()
    if unit not in UNITS or not (amount.isascii() and amount.isdecimal() and len(amount) < 5):
        sentence = _("“%(typed)s”: give a time, as in age:>5d. Hours are h, days d, weeks w.")
        raise Misunderstood(sentence % {"typed": term.typed})
    return min(int(amount) * UNITS[unit], MOST_AGE)


def day(term, value) -> date:
    try:
        found = date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year <= 2100:
        said = {"typed": term.typed, "key": term.key}
        raise Misunderstood(_("“%(typed)s”: give a day, as in %(key)s:2026-11-20 or %(key)s:2026-11-01..2026-11-20.") % said)
    return found
