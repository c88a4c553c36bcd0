"""What many tests begin with is made once in a process by the operations that make it, and put back before the others.

A published input is some eighty statements. Put back is what lies in the tables afterwards, as PostgreSQL copies it, without
triggers, which have done their work: the same rows with the same keys. Whoever asks for it asks before making anything else.
"""

import pickle
from io import StringIO

from django.db import connection, transaction

from tests.flushing import filled, fingerprints, is_allowed

_made = {}  # the function that makes it -> what it returned, and the rows of each table that it touched


def kept(make):
    """What `make()` returns, and the rows that it leaves, as if it had just been called."""
    with connection.cursor() as cursor:
        if make in _made:
            return _put_back(cursor, *_made[make])
        before = fingerprints(cursor, filled(cursor))
        value = make()
        if is_allowed(cursor):
            after = fingerprints(cursor, filled(cursor))
            touched = [name for name in {**before, **after} if before.get(name) != after.get(name)]
            _made[make] = pickle.dumps(value), {name: _rows(cursor, name) for name in touched}
    return value


def _rows(cursor, name) -> str:
    rows = StringIO()
    cursor.copy_expert(f'COPY "{name}" TO STDOUT', rows)
    return rows.getvalue()


@transaction.atomic
def _put_back(cursor, value, tables):
    cursor.execute("SET LOCAL session_replication_role = replica; " + "; ".join(f'DELETE FROM "{name}"' for name in tables))
    for name, rows in tables.items():
        cursor.copy_expert(f'COPY "{name}" FROM STDIN', StringIO(rows))
    cursor.execute("SET LOCAL session_replication_role = origin")
    _count_on(cursor, tables)
    return pickle.loads(value)


def _count_on(cursor, names):
    """Keys that PostgreSQL gives follow those that were put back: a whole flush begins them at 1 again."""
    for name in names:
        cursor.execute(
            "SELECT attname, pg_get_serial_sequence(%s, attname) FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [f'"{name}"', f'"{name}"'],
        )
        for column, sequence in [row for row in cursor.fetchall() if row[1]]:
            cursor.execute(
                f'SELECT setval(%s, greatest(max("{column}"), (SELECT last_value FROM {sequence}))) FROM "{name}"',
                [sequence],
            )
