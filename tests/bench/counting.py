"""Counts the statements of a request that carries the header X-Bench and their time: X-Statements, X-SQL in milliseconds."""

import time

from django.db import connection


def count_statements(get_response):
    def answer(request):
        if "X-Bench" not in request.headers:
            return get_response(request)
        sent, took = [], []

        def note(execute, sql, params, many, context):
            sent.append(sql)
            began = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                took.append((time.perf_counter() - began) * 1000)

        with connection.execute_wrapper(note):
            response = get_response(request)
        response["X-Statements"] = str(len([sql for sql in sent if "SAVEPOINT" not in sql[:30]]))
        response["X-SQL"] = f"{sum(took):.2f}"
        return response

    return answer
