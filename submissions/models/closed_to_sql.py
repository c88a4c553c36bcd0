"""Conditions of closed_to.py as SQL that is put together once (forums/remembered.py)."""

import re
from functools import cache

from django.db.models import BooleanField, Func
from django.db.models.expressions import RawSQL

from forums.remembered import remembered

OWN = RawSQL('SELECT "body" FROM "own"', [])
BODIES = RawSQL('SELECT "body" FROM "bodies"', [])  # as `bodies_named` calls them
ALIAS = re.compile(r"\b([U-Z]\d+)\b")  # of inner queries; the query around may use the same names
COLUMNS = ("call", "level", "language", "pk")


def bodies_named(own, others, queries) -> tuple:
    """One query of what these select, which may ask for BODIES; `others` may ask for OWN. Both are read once."""
    first, *compiled = (each.order_by().query.sql_with_params() for each in (own, *others, *queries))
    texts = [f"({sql})" for sql, _params in compiled]
    bodies = " UNION ".join([OWN.sql, *texts[: len(others)]])
    named = f'"own" ("body") AS MATERIALIZED ({first[0]}), "bodies" ("body") AS MATERIALIZED ({bodies})'
    every = [value for _sql, params in (first, *compiled) for value in params]
    return f"WITH {named} {' UNION ALL '.join(texts[len(others) :])}", every


def _mark(name) -> str:
    return f"«{name}»"


def _outer(name):
    return RawSQL(_mark(name), [])  # noqa: S611 - a column takes its place


def _scope(make):
    """For `remembered`: whether there are lines and none fits, with marks where the columns of the input stand."""

    def compiled(user):
        (lines, one), (fitting, two) = (each.query.sql_with_params() for each in make(user, _outer))
        return ALIAS.sub(r"scope_\1", f"(EXISTS({lines}) AND NOT EXISTS({fitting}))"), [*one, *two]

    return compiled


_compiled = cache(_scope)


class OutOfScope(Func):
    """Whether an input lies outside the scope of a person; its columns are those of the query in which it stands."""

    output_field = BooleanField()

    def __init__(self, make, user):
        super().__init__(*COLUMNS)
        self.make, self.user = make, user

    def as_sql(self, compiler, connection, **context):
        sql, params = remembered(_compiled(self.make), self.user)
        for name, column in zip(COLUMNS, self.get_source_expressions(), strict=True):
            sql = sql.replace(_mark(name), compiler.compile(column)[0])
        return sql, params

    def get_group_by_cols(self):
        return self.get_source_expressions()
