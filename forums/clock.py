"""What time it is according to PostgreSQL: the one clock that decides whether a call is still open."""

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """The database's clock_timestamp(), in UTC.

    Read inside the transaction that writes, it decides a deadline whatever the clocks of web and worker machines say.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
