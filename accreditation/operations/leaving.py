"""What visitors leave behind: sessions that have ended, with what was typed into them while signed out; counted tries.

Tries to sign in are counted in a table of the database (settings.CACHES), by network address; its rows name when they end.
"""

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

BATCH = 200  # rows of one statement; one may hold two megabytes of typed text
MOST_BATCHES = 25  # the rest waits for the next sweep


def clear_sessions(*, at) -> int:
    """Delete the sessions that have ended by then, and all that was kept in them; returns how many."""
    cleared = 0
    for _batch in range(MOST_BATCHES):
        ended = Session.objects.filter(expire_date__lte=at).select_for_update(skip_locked=True).values("pk")[:BATCH]
        done, _each = Session.objects.filter(pk__in=ended).delete()
        cleared += done
        if done < BATCH:
            break
    return cleared


def clear_counts(*, at) -> int:
    """Delete the counts of tries to sign in that hold no longer, and the network addresses in them; returns how many."""
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires <= %s", [at])  # noqa: S608 - the table is our own
        return cursor.rowcount
