"""What a test has committed is removed after it: only the tables that it filled, and not all hundred and fifty.

Django empties every table after such a test and then makes content types, permissions and roles again, which took
longer than most of these tests. Here that is done once in a process; afterwards what it left is remembered, and where
a test has not touched it, only the other rows are deleted.
"""

from functools import cache

from django.db import connection, transaction
from django.test import TransactionTestCase

_flush = TransactionTestCase._fixture_teardown
AUDIT = ("accreditation_auditentry", "accreditation_auditseal", "pghistory_context")
_left = {}  # table -> fingerprint of the rows that a whole flush leaves


@cache
def _names() -> list[str]:
    """The tables of all models, as Django's own flush takes them."""
    return sorted(connection.introspection.django_table_names(only_existing=True, include_views=False))


def filled(cursor) -> set[str]:
    """The tables that have rows."""
    questions = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in _names())
    cursor.execute(questions)
    return {name for (name,) in cursor.fetchall()}


def fingerprints(cursor, names) -> dict[str, tuple]:
    found = {}
    for name in sorted(names):
        cursor.execute(f'SELECT count(*), md5(string_agg(row::text, chr(10) ORDER BY row::text)) FROM "{name}" row')
        found[name] = cursor.fetchone()
    return found


def is_allowed(cursor) -> bool:
    """To delete without triggers, history and foreign keys needs a superuser, as on the servers of the tests."""
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    return cursor.fetchone()[0]


def _delete_what_was_added() -> bool:
    """Whether that was enough; if not, everything is flushed."""
    with transaction.atomic(), connection.cursor() as cursor:
        if not _left or not is_allowed(cursor) or fingerprints(cursor, _left) != _left:
            return False
        if added := sorted(filled(cursor) - set(_left)):
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("; ".join(f'DELETE FROM "{name}"' for name in added))
    return True


def clear(case=None) -> None:
    """Leave the database as a whole flush would leave it."""
    if _delete_what_was_added():
        return
    _flush(case)
    with transaction.atomic(), connection.cursor() as cursor:
        if is_allowed(cursor):  # roles are made anew by a flush, which the audit has noted
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("; ".join(f"DELETE FROM {name}" for name in AUDIT))
        _left.clear()
        _left.update(fingerprints(cursor, filled(cursor)))


def install() -> None:
    TransactionTestCase._fixture_teardown = clear
