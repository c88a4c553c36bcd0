"""The migrations run once in a test run: whoever needs a migrated database afterwards gets a copy of what they made.

The copy lies on the server of the tests beside the databases of the processes and is gone with the run. A private
server of a trial gets it through PostgreSQL's own dump; where its programs are not at hand the caller migrates again.
"""

import os
import secrets
import subprocess
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg2
from django.db import connection
from django.test.utils import setup_databases

BEGAN_THE_RUN = "PREPARED" not in os.environ  # xdist's workers are children of that process, and share what is prepared
NAME = os.environ.setdefault("PREPARED", f"prepared_{secrets.token_hex(4)}")
TURN = 7_342_001  # any number: the lock that one process holds while it migrates and the others wait


def named(url: str, name: str) -> str:
    """The same server, another database."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@contextmanager
def _server():
    """A cursor on the server of the tests, outside of every database of theirs."""
    opened = psycopg2.connect(named(os.environ["DATABASE_URL"], "postgres"))
    opened.autocommit = True
    try:
        with opened.cursor() as cursor:
            yield cursor
    finally:
        opened.close()


def _is_there(cursor) -> bool:
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
    return cursor.fetchone() is not None


def databases_of_tests(*, keepdb: bool):
    """What Django's setup_databases makes and returns; the first process migrates, the others copy from it."""
    with _server() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])  # until this connection is closed
        if there := _is_there(cursor):
            connection.settings_dict["TEST"]["TEMPLATE"] = NAME
        made = setup_databases(verbosity=0, interactive=False, keepdb=keepdb)
        if not there:
            _copy(cursor, connection.settings_dict["NAME"], NAME)
    return made


def _copy(cursor, of: str, name: str) -> None:
    connection.close()  # PostgreSQL copies no database that somebody looks at
    cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{of}"')


def poured_into(address: str, programs) -> bool:
    """Fill an empty database of another server; whether that could be done."""
    if not (programs / "pg_dump").exists() or not (programs / "psql").exists():
        return False
    dumping = [programs / "pg_dump", "--no-owner", "--no-privileges", named(os.environ["DATABASE_URL"], NAME)]
    filling = [programs / "psql", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", "--dbname", address]
    with subprocess.Popen(dumping, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as dump:
        filled = subprocess.run(filling, stdin=dump.stdout, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    return dump.returncode == 0 and filled.returncode == 0


def forget() -> None:
    """Remove what was prepared, at the end of the run."""
    if BEGAN_THE_RUN and os.environ.get("DATABASE_URL"):
        with _server() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{NAME}"')
