"""How many answer: the total, every facet and what each filter takes away, in one statement over one set of matches."""

# ruff: noqa: S608 only names from the two tables below are put into the statement; every value stays a parameter

import hashlib
from dataclasses import dataclass

from django.core.cache import caches
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper

# Facet -> column of PublishedInput; those in SEVERAL hold several codes.
ONE = {
    "forum": "forum_id",
    "level": "level",
    "kind": "kind",
    "basis": "basis",
    "language": "language",
    "year": "received_in",
}
SEVERAL = {
    "objective": "objectives",
    "round_table": "round_tables",
    "region": "in_regions",
    "country": "countries",
}
KEPT_SECONDS = 60  # a count made while another change was committing heals with the next minute


@dataclass(frozen=True)
class Counts:
    total: int
    found: int  # before any filter: what the words and the address alone leave
    facets: dict  # field -> {code or key: how many}, counted with all other filters on
    without: dict  # field -> how many there would be without that filter
    among: tuple | None = None  # keys of all that answer, where they are few and were counted by bits


def count(inputs, asked) -> Counts:
    """Count `inputs` (which words and address already narrowed) under `asked`, a dict of field -> condition."""
    try:
        sql, params = _statement(inputs, asked)
    except EmptyResultSet:  # words in which nothing can be found: there is no statement to send
        return Counts(0, 0, {}, dict.fromkeys(asked, 0))
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return told(cursor.fetchall())


def told(rows) -> Counts:
    """What rows of a field, a code and a number say."""
    counted = {"total": {}, "found": {}, "without": {}}
    for field, code, number in rows:
        counted.setdefault(field, {})[code] = number
    total, found, without = (counted.pop(name) for name in ("total", "found", "without"))
    return Counts(total[""], found[""], counted, without)


def kept_count(make, *, key, version) -> Counts:
    """What make() counts, kept for a minute while the public side does not change; counted anew when Redis is away."""
    pages = caches["pages"]
    name = "counts:" + hashlib.sha256(f"{version}|{key}".encode()).hexdigest()
    if counts := pages.get(name):
        return counts
    counts = make()
    pages.set(name, counts, KEPT_SECONDS)
    return counts


def _statement(inputs, asked):
    checks = {f"is_{field}": ExpressionWrapper(condition, BooleanField()) for field, condition in asked.items()}
    columns = [*ONE.values(), *SEVERAL.values()]
    matches = inputs.order_by().annotate(**checks).values_list(*columns, *checks)
    found, params = matches.query.sql_with_params()
    facets = {**ONE, **{field: f"unnest({column})" for field, column in SEVERAL.items()}}
    parts = [f"SELECT 'total', '', count(*) FROM found WHERE {_others(checks)}", "SELECT 'found', '', count(*) FROM found"]
    parts += [
        f"SELECT '{field}', code::text, count(*)"
        f" FROM (SELECT {codes} AS code FROM found WHERE {_others(checks, field)}) AS {field}_codes GROUP BY code"
        for field, codes in facets.items()
    ]
    parts += [f"SELECT 'without', '{field}', count(*) FROM found WHERE {_others(checks, field)}" for field in asked]
    names = ", ".join([*columns, *checks])
    counted = f"WITH found ({names}) AS MATERIALIZED ({found}) {' UNION ALL '.join(parts)}"
    return f"SELECT * FROM ({counted}) AS counted", params  # the settings of the history are put before any other word


def _others(checks, field=""):
    return " AND ".join(name for name in checks if name != f"is_{field}") or "TRUE"
