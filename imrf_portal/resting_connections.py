"""Whether a connection to PostgreSQL still lives is asked where it rested, not at each of several requests in one second.

CONN_HEALTH_CHECKS asks at the beginning of every request. A connection that was of use less than a second ago is taken for
alive; should PostgreSQL have gone in that second, the request says so, as one does that was under way then.
"""

from time import monotonic

from django.db import connections

RESTS_SECONDS = 1.0


def ask_where_it_rested(get_response):
    """Stands before all that asks PostgreSQL something."""

    def answer(request):
        for connection in connections.all(initialized_only=True):
            if monotonic() - getattr(connection, "last_used", -RESTS_SECONDS) < RESTS_SECONDS:
                connection.health_check_done = True
        response = get_response(request)
        for connection in connections.all(initialized_only=True):
            connection.last_used = monotonic()
        return response

    return answer
