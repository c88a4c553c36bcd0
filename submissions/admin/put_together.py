"""Expressions over the columns of an input that are put together once a language, however often they are asked.

Django resolves and writes out an annotation anew for each request, subqueries in subqueries: for the list and the review
page that takes longer than PostgreSQL needs to answer. Only for what depends neither on who asks nor on when.
"""

import re
from functools import lru_cache

from django.db.models import Func
from django.utils.translation import get_language

from submissions.models import Submission

KEPT_READY = 256  # expressions times languages
TABLE = f'"{Submission._meta.db_table}"'
COLUMN = re.compile(rf'{TABLE}\."(\w+)"')
ALIAS = re.compile(r"\b([U-Z]\d+)\b")  # of inner queries; the query around may use the same names


def put_together(make, output_field=None):
    """The expression that `make` makes, of columns of the input itself and of subqueries."""
    return PutTogether(make, get_language(), output_field)


@lru_cache(maxsize=KEPT_READY)
def _written(make, language):
    """Its SQL, the parameters, the columns of the input in it, and what it gives."""
    query = Submission.objects.order_by().annotate(made=make()).values_list("made").query
    sql, params = query.sql_with_params()
    before, after = "SELECT ", f' AS "made" FROM {TABLE}'
    if not (sql.startswith(before) and sql.endswith(after)):
        raise ValueError(f"This joins more than the input itself: {sql}")
    sql = ALIAS.sub(r"made_\1", sql.removeprefix(before).removesuffix(after))
    return sql, params, tuple(dict.fromkeys(COLUMN.findall(sql))), query.annotations["made"].output_field


class PutTogether(Func):
    def __init__(self, make, language, output_field=None):
        self.make, self.language = make, language
        _sql, _params, columns, given = _written(make, language)
        super().__init__(*columns, output_field=output_field or given)

    def as_sql(self, compiler, connection, **context):
        sql, params, columns, _given = _written(self.make, self.language)
        for name, column in zip(columns, self.get_source_expressions(), strict=True):
            sql = sql.replace(f'{TABLE}."{name}"', compiler.compile(column)[0])
        return sql, params

    def get_group_by_cols(self):
        return self.get_source_expressions()
