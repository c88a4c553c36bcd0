"""What answers the words: how many in all and under each filter, and one page of them, by one statement over narrow rows."""

# ruff: noqa: S608 only what this package writes is put into the statement; every value stays a parameter

from collections import Counter
from functools import lru_cache

from django.db import connection

from submissions.models import PublishedInput
from submissions.publication import of_organisations
from submissions.search.counting import Counts
from submissions.search.querying import rank, written_alternatives
from submissions.search.vocabulary import NO_STANDING

ON_A_PAGE = 25
MOST_RANKED = 1000  # ranking reads every vector: of more matches than these the newest are ranked, the rest follow
SEEN = "findable.visible_at + interval '0' <= %s"  # as no index has it, so that the index of words is taken
# Whether anything is gone when the signs of all codes of a field are taken out of what an input is filed under.
SIGNS = "(SELECT coalesce(string_agg(sign, ''), '') FROM submissions_filedsign WHERE value = ANY (%s))"
FILED = f"translate(findable.filed, {SIGNS}, '') <> findable.filed"
# `missed` are the fields whose filter an input fails: one that fails a single one counts for the facet of that field.
# Vectors are carried along as they lie beside their rows; only those that are ranked are read.
FOUND = """SELECT published_id, visible_at, language, vector, filed, {missed} AS missed
    FROM submissions_findable findable WHERE {conditions}"""
STATEMENT = """
WITH {found}, newest AS MATERIALIZED (
    SELECT * FROM found WHERE missed = '' ORDER BY visible_at DESC, published_id DESC LIMIT {most}
)
SELECT missed, count(*), CASE WHEN strpos(missed, ' ') = 0 THEN string_agg(filed, '') END, NULL::bigint[]
FROM found GROUP BY missed
UNION ALL
SELECT NULL, 0, (SELECT string_agg(sign || value, ' ') FROM submissions_filedsign), ARRAY(
    SELECT published_id FROM newest ORDER BY {rank}visible_at DESC, published_id DESC OFFSET {before} LIMIT {page})
"""


def find(attempt, question, at):
    """What answers an attempt under all filters: Counts, and keys of the inputs on the page that was asked for, in order.

    Only where they are sorted by relevance or newest first: by other columns the public rows themselves are sorted.
    """
    filters = question.filters
    before = (filters.page - 1) * ON_A_PAGE
    is_ranked = filters.order == "relevance" and before < MOST_RANKED
    found, params = _found(attempt, question, at)
    order, words = rank(attempt.reading, some=attempt.some).written("language", "vector") if is_ranked else ("", ())
    sql = STATEMENT.format(
        found=found,
        most=MOST_RANKED if is_ranked else before + ON_A_PAGE,
        rank=f"{order} DESC, " if is_ranked else "",
        before=before,
        page=ON_A_PAGE,
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({sql}) AS answer", [*params, *words])
        *groups, (_missed_none, _none, signs, keys) = cursor.fetchall()
    return _counted(groups, signs or "", filters.fields()), keys


def _missed(question):
    """Which filters a row fails, each asked once, as words with spaces between; with the parameters."""
    fields = question.filters.fields()
    if not fields:
        return "''", []
    asked = [(field, *_condition(field, question.filters.values(field), question.vocabulary)) for field in fields]
    arms = ", ".join(f"CASE WHEN NOT ({sql}) THEN '{field}' END" for field, sql, _param in asked)
    return f"concat_ws(' ', {arms})", [each for _field, _sql, params in asked for each in params]


def _found(attempt, question, at):
    """What has the words, under what the address asks: the table `found`, with what it is made from."""
    missed, chosen = _missed(question)
    fixed = {}
    for field, code in question.filters.fixed:
        fixed.setdefault(field, []).append(code)
    scope = [(SEEN, [at]), *(_condition(field, codes, question.vocabulary) for field, codes in fixed.items())]
    sqls, values = [], []
    for words in written_alternatives(attempt.reading, some=attempt.some):
        asked = [*words, *scope]
        sqls.append(FOUND.format(missed=missed, conditions=" AND ".join(sql for sql, _params in asked)))
        values += [*chosen, *(each for _sql, params in asked for each in params)]
    said, *in_files = sqls
    if not in_files:
        return f"found AS MATERIALIZED ({said})", values
    return f"said AS MATERIALIZED ({said}), found AS MATERIALIZED (SELECT * FROM said UNION ALL {in_files[0]})", values


def _condition(field, codes, vocabulary):
    """What one field asks, as filters.condition asks it of public rows."""
    if field == "organisation":
        keys = [vocabulary.keys[field][code] for code in codes]
        sql, params = PublishedInput.objects.filter(of_organisations(keys)).order_by().values("pk").query.sql_with_params()
        return f"findable.published_id IN ({sql})", params
    if field in vocabulary.keys:
        codes = [vocabulary.keys[field][code] for code in codes]
    elif field == "basis":
        codes = ["" if code == NO_STANDING else code for code in codes]
    return FILED, [[f"{field}:{code}" for code in codes]]


def _counted(groups, signs, fields) -> Counts:
    numbers = {missed: number for missed, number, _filed, _keys in groups}
    filed = {missed: Counter(text) for missed, _number, text, _keys in groups if text}
    whole, total, facets = filed.get("", {}), numbers.get("", 0), {}
    for sign, (field, code) in _values(signs).items():
        number = whole.get(sign, 0) + (filed[field].get(sign, 0) if field in filed else 0)
        if number:
            facets.setdefault(field, {})[code] = number
    without = {field: total + numbers.get(field, 0) for field in fields}
    return Counts(total, sum(numbers.values()), facets, without)


@lru_cache(maxsize=8)
def _values(signs) -> dict:
    """Sign -> facet and code."""
    return {each[0]: tuple(each[1:].split(":", 1)) for each in signs.split(" ") if each}
