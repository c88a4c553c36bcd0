"""The moment up to which nothing can turn up any more: what is written now is told when all before it is there.

A row gets its stamp while its transaction still runs, and may become visible later than a row with a younger stamp. Whoever
had read up to the younger one would never see the older. So lists end where the oldest transaction that writes began.
"""

from django.db import connection

SQL = """
SELECT least(clock_timestamp(), min(xact_start)) FROM pg_stat_activity
WHERE backend_xid IS NOT NULL AND datname = current_database() AND pid <> pg_backend_pid()
"""


def horizon():
    """An instant by PostgreSQL's clock; ask it before the rows, in a statement of its own."""
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        return cursor.fetchone()[0]
