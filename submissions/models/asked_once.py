"""A statement that asks several times what is closed to somebody, because several of its parts show inputs, reads that once.

Each part keeps its condition: only what is the same text with the same values everywhere is written in front of the
statement, and each part names it. PostgreSQL, which plans every repetition anew, then plans it once.
"""

import re
from contextlib import contextmanager

from django.db import connection

from submissions.models.closed_to import inputs_in_conflict

IN_CONFLICT = 'SELECT "input" FROM "in_conflict"'
PLACES = re.compile(r"%%|%s")


@contextmanager
def conflicts_asked_once(user):
    """Queries sent in here find inputs in conflict with this person once a statement, however often they ask for them."""

    def send(execute, sql, params, many, context):
        if not many and sql.startswith("SELECT"):
            sql, params = asked_once(sql, params, user)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(send):
        yield


def asked_once(sql, params, user) -> tuple:
    """The same statement, which reads what is closed to this person by a conflict of interest once."""
    closed, values = inputs_in_conflict(user)
    return once(sql, params, closed, values) if sql.count(closed) > 1 else (sql, params)


def once(sql, params, closed, values) -> tuple:
    """The same statement with `closed` in front of it; its parameters without those of the repetitions."""
    parts, kept, at = sql.split(closed), [], 0
    for part in parts:
        until = at + PLACES.findall(part).count("%s")
        kept += params[at:until]
        if list(params[until : until + len(values)]) not in (values, []):
            raise ValueError("What is closed to one person stands beside what is closed to another.")
        at = until + len(values)
    return f'WITH "in_conflict" ("input") AS MATERIALIZED ({closed}) {IN_CONFLICT.join(parts)}', [*values, *kept]
