"""Statements that are put together from querysets once, and asked for every person by their key from then on.

Putting one together takes from four to a hundred times as long as asking it. The querysets say what is meant; here their SQL
is remembered with a number in place of the person.
"""

from functools import cache

SOMEBODY = -7_283_004  # the key of nobody, in place of the person


@cache
def _remembered(make, *settings):
    """`settings` are those that the SQL depends on: with another value it is made anew."""
    return make(SOMEBODY)


def remembered(make, user, *settings) -> tuple:
    """The SQL that `make` gives for a key of a person, and its parameters for this one."""
    sql, params = _remembered(make, *settings)
    return sql, [user if value == SOMEBODY else value for value in params]
