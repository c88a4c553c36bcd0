"""Counts the statements of a request that carries the header X-Bench, and says them in X-Statements."""

from django.db import connection


def count_statements(get_response):
    def answer(request):
        if "X-Bench" not in request.headers:
            return get_response(request)
        sent = []

        def note(execute, sql, params, many, context):
            sent.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = get_response(request)
        response["X-Statements"] = str(len([sql for sql in sent if "SAVEPOINT" not in sql[:30]]))
        return response

    return answer
