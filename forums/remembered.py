"""Statements that are put together from querysets once, and asked for every person by their key from then on.

Putting one together takes from four to a hundred times as long as asking it. The querysets say what is meant; here their SQL
is remembered with a number in place of the person.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache

SOMEBODY = -7_283_004  # the key of nobody, in place of the person
MOMENT = datetime(1903, 1, 1, tzinfo=UTC)  # in place of the moment of asking, from which other moments are reckoned
RECKONED = timedelta(days=400)  # at most from it
MOST_KEPT = 500


@cache
def _remembered(make, *settings):
    """`settings` are those that the SQL depends on: with another value it is made anew."""
    return make(SOMEBODY)


def remembered(make, user, *settings) -> tuple:
    """The SQL that `make` gives for a key of a person, and its parameters for this one."""
    sql, params = _remembered(make, *settings)
    return sql, [user if value == SOMEBODY else value for value in params]


# Asked at a moment ------------------------------------------------------------------------------------------------------

_kept = {}


def remembered_at(key, make, user, at) -> tuple:
    """The same for what depends on a moment, too: `make()` gives SQL and parameters for SOMEBODY at MOMENT.

    `key` says which statement it is and all else that it depends on. Moments in it are reckoned from MOMENT.
    """
    if key not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = _checked(*make())
    sql, params = _kept[key]
    return sql, [_filled_in(value, user, at) for value in params]


def _checked(sql, params) -> tuple:
    for value in params:
        if isinstance(value, date) and not (isinstance(value, datetime) and abs(value - MOMENT) < RECKONED):
            raise ValueError(f"A statement that is remembered names a moment of its own: {value}")
    return sql, tuple(params)


def _filled_in(value, user, at):
    if isinstance(value, datetime):
        return at + (value - MOMENT)
    return user if value == SOMEBODY else value
