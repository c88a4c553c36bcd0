"""Statements that PostgreSQL reads and plans once for each connection: its PREPARE and EXECUTE.

A long question about one row takes PostgreSQL four times as long to read and to plan as to answer. The name says the text,
so what is there under a name is that question, whoever prepared it. Where it is not there, because a pool of connections
stands in between or somebody discarded it, the question is asked as it is and prepared no more in this process. Within a
transaction nothing could be asked after such a failure: there it is asked so by the first statement only, which begins
the transaction once more, and by all others as it is.
"""

from functools import cache
from hashlib import sha256

from django.db import DatabaseError, connections
from psycopg2.extensions import TRANSACTION_STATUS_IDLE

# Else PostgreSQL plans it five times before it keeps a plan. Only outside of a transaction, where it holds for this one.
ONE_PLAN = "SET LOCAL plan_cache_mode = force_generic_plan"
GONE = {  # by PostgreSQL's codes
    "26000": "no statement of that name",
    "42P05": "one of that name already",
    "0A000": "its columns are of other kinds since a migration",
}


class Prepared:
    """`params` are pairs of a value and whether it is always the same; all others are given with each question."""

    def __init__(self, sql, params):
        self.sql, self.params = sql, params
        self.name, self.given_up = None, False

    def ask(self, connection, cursor, params):
        """As `cursor.execute(sql, params)`."""
        if self.given_up or connection.connection.get_transaction_status() != TRANSACTION_STATUS_IDLE:
            cursor.execute(self.sql, params)
            return
        if self.name is None:
            self._write(cursor)
        question = self.question if connection.in_atomic_block else f"{ONE_PLAN}; {self.question}"
        given = [param for param, (_value, same) in zip(params, self.params, strict=True) if not same]
        try:
            self._ask(_names_at(connection), cursor, question, given)
        except DatabaseError as why:
            if getattr(why.__cause__, "pgcode", None) not in GONE:
                raise
            self.given_up = True
            connection.connection.rollback()  # of nothing: it was the first statement
            cursor.execute(self.sql, params)

    def _ask(self, there, cursor, question, given):
        if self.name in there:
            cursor.execute(question, given)
        else:
            cursor.execute(f"{self.preparation}; {question}", given)
            there.add(self.name)

    def _write(self, cursor):
        number, said = 0, []
        for value, same in self.params:
            number += not same
            said.append(cursor.mogrify("%s", [value]).decode() if same else f"${number}")
        text = self.sql % tuple(said)
        name = f"kept_{sha256(text.encode()).hexdigest()[:32]}"
        self.preparation = f"PREPARE {name} AS {text}".replace("%", "%%")
        self.question = f"EXECUTE {name}({', '.join(['%s'] * number)})" if number else f"EXECUTE {name}"
        self.name = name


def _names_at(connection) -> set:
    """What was prepared over the connection that this thread has now; another one knows nothing of it."""
    over, names = getattr(connection, "kept_names", (None, None))
    if over is not connection.connection:
        names = set()
        connection.kept_names = (connection.connection, names)
    return names


def rows_of(sql, params=(), *, using="default") -> list:
    """What PostgreSQL answers to a statement of ours; its text is one of few, and all that differs is in `params`."""
    connection = connections[using]
    with connection.cursor() as cursor:
        _of_text(sql, len(params)).ask(connection, cursor, params)
        return cursor.fetchall()


@cache
def _of_text(sql, number):
    return Prepared(sql, [(None, False)] * number)
