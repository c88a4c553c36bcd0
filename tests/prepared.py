"""The migrations run once in a test run: whoever needs a migrated database afterwards gets a copy of what they made.

The copy lies on the server of the tests beside the databases of the processes and is gone with the run. A private
server of a trial gets it through PostgreSQL's own dump; where its programs are not at hand the caller migrates again.

Migrating takes longer than most test files. So outside of CI a dump is kept from run to run, named by a fingerprint of
everything that the migrations are made of: whoever changes one of these files migrates again.
"""

import os
import secrets
import subprocess
import tempfile
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from django.db import connection
from django.test.utils import setup_databases

BEGAN_THE_RUN = "PREPARED" not in os.environ  # xdist's workers are children of that process, and share what is prepared
NAME = os.environ.setdefault("PREPARED", f"prepared_{secrets.token_hex(4)}")
CHECKOUT = Path(__file__).resolve().parent.parent
MADE_OF = (
    "*/migrations/*.py",
    "*/models/**/*.py",
    "*/apps.py",
    "accreditation/audit/*.py",
    "accreditation/desk_roles.py",
    "accreditation/sealed_files.py",
    "imrf_portal/settings*",
    "imrf_portal/settings/*.py",
    "requirements/test.lock",
)
KEPT = 12  # dumps: a few checkouts beside each other, each with the last states of its migrations
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


def is_made_by_migrations() -> bool:
    """Whether what was prepared is what the migrations of this run made, and not a dump that was brought back."""
    return _dump() is None


def _is_there(cursor) -> bool:
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
    return cursor.fetchone() is not None


def databases_of_tests(*, keepdb: bool):
    """What Django's setup_databases makes and returns; the first process migrates, the others copy from it."""
    with _server() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])  # until this connection is closed
        if there := _is_there(cursor) or _brought_back(cursor):
            connection.settings_dict["TEST"]["TEMPLATE"] = NAME
        # Nobody rolls back to a written-out copy of all rows, so none is made.
        made = setup_databases(verbosity=0, interactive=False, keepdb=keepdb, serialized_aliases=())
        if not there:
            _copy(cursor, connection.settings_dict["NAME"], NAME)
            _keep()
    return made


def _dump() -> Path | None:
    """Where the dump of this state of the migrations lies or will lie; None where none is kept."""
    programs = _programs()
    if os.environ.get("CI") or programs is None:
        return None
    made_of = sorted({path for pattern in MADE_OF for path in CHECKOUT.glob(pattern) if path.is_file()})
    state = sha256()
    for path in made_of:
        state.update(f"{path.relative_to(CHECKOUT)}\n".encode() + path.read_bytes())
    return Path(tempfile.gettempdir()) / f"imrf-migrated-{os.getuid()}" / f"{state.hexdigest()[:32]}.sql"


def _programs() -> Path | None:
    """The folder of pg_dump and psql of the embedded PostgreSQL, where the tests run on it."""
    from imrf_portal.embedded.binaries import postgresql_programs

    if "host=" not in os.environ["DATABASE_URL"]:
        return None
    programs = postgresql_programs(None, Path(tempfile.gettempdir()))
    return programs if (programs / "pg_dump").exists() and (programs / "psql").exists() else None


def _brought_back(cursor) -> bool:
    """Whether an earlier run left what would be migrated, and it is in place now."""
    dump = _dump()
    if dump is None or not dump.exists():
        return False
    cursor.execute(f'CREATE DATABASE "{NAME}"')
    command = [_programs() / "psql", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", "--file", dump]
    if subprocess.run(
        [*command, "--dbname", named(os.environ["DATABASE_URL"], NAME)], capture_output=True, check=False
    ).returncode:
        cursor.execute(f'DROP DATABASE "{NAME}"')
        return False
    return True


def _keep() -> None:
    """Leave a dump for the next run; the oldest ones go."""
    dump = _dump()
    if dump is None:
        return
    dump.parent.mkdir(mode=0o700, exist_ok=True)
    begun = dump.with_suffix(f".{os.getpid()}")
    command = [_programs() / "pg_dump", "--no-owner", "--file", begun, named(os.environ["DATABASE_URL"], NAME)]
    if subprocess.run(command, capture_output=True, check=False).returncode == 0:
        begun.rename(dump)
    for old in sorted(dump.parent.glob("*.sql"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)


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
