"""Counts the statements of a request that carries the header X-Bench and their time: X-Statements, X-SQL in milliseconds."""

import time
from contextlib import contextmanager

from django.db import connection


@contextmanager
def timed_statements():
    """A list that grows by what is asked inside: pairs of SQL and milliseconds."""
    asked = []

    def note(execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            asked.append((sql, (time.perf_counter() - began) * 1000))

    with connection.execute_wrapper(note):
        yield asked


def count_statements(get_response):
    def answer(request):
        if "X-Bench" not in request.headers:
            return get_response(request)
        with timed_statements() as asked:
            response = get_response(request)
        response["X-Statements"] = str(len([sql for sql, _took in asked if "SAVEPOINT" not in sql[:30]]))
        response["X-SQL"] = f"{sum(took for _sql, took in asked):.2f}"
        return response

    return answer
