"""A private PostgreSQL and Valkey, which a trial may kill.

Never the servers of the test session, and never those that DATABASE_URL or REDIS_URL name: what is killed is only what
was started here.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg2

from imrf_portal.embedded import PostgreSQL, State, Valkey
from imrf_portal.embedded.locks import Lock
from imrf_portal.embedded.throwaway import PREFIX, roomy_place, sweep
from tests import prepared
from tests.processes import ROOT

TEMPLATE = "template_of_trials"
_numbers = count(1)


class Servers:
    """PostgreSQL and Valkey on sockets of their own, with the settings of production, and a migrated database to copy."""

    def __init__(self, folder):
        self.state = State(folder)
        self.postgresql, self.valkey = PostgreSQL(self.state), Valkey(self.state)
        for server in (self.postgresql, self.valkey):
            server.child().start()
        for server in (self.postgresql, self.valkey):
            server.wait()

    def stop(self):
        for server in (self.postgresql, self.valkey):
            server.process.ask_to_stop()
            server.process.end()

    def address(self, database):
        return self.postgresql.url.replace("/portal?", f"/{database}?")

    def make_template(self):
        """The database that is copied for each trial, poured over from the one that the run has migrated."""
        self.postgresql.make_database(TEMPLATE)
        if prepared.poured_into(self.address(TEMPLATE), self.postgresql.programs):
            return
        folder = self.state.folder / "preparing"
        folder.mkdir()
        manage(environment_of(self, TEMPLATE, folder), "migrate", "--verbosity=0")

    def new_database(self):
        name = f"trial_{next(_numbers)}"
        with closing_connection(self.address("postgres")) as cursor:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return name


@contextmanager
def private_servers():
    """Started, and gone afterwards with everything that was kept. Raises CannotStart where that is not possible."""
    place = roomy_place()
    sweep(place)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}trial-", dir=place))
    alive = Lock(folder / "alive.lock")
    alive.take("trial")
    try:
        servers = Servers(folder)
        try:
            servers.make_template()
            yield servers
        finally:
            servers.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        alive.release()


def environment_of(servers, database, folder, options="", **more):
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "PYTEST"))},
        "DATABASE_URL": servers.address(database) + (f"&options={options}" if options else ""),
        "REDIS_URL": servers.valkey.url,
        "BROKER_PREFIX": f"{database}-",
        "SECRET_KEY": "only-for-the-trials-" * 4,
        "DJANGO_SETTINGS_MODULE": "tests.rules.settings_of_trials",
        "SITE_URL": "http://localhost",
        "ALLOWED_HOSTS": "localhost",
        "STATE_DIR": str(folder),
        "MEDIA_ROOT": str(folder / "media"),
        "STATICFILES_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "MOST_DRAFTS_PER_PERSON": "100000",
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT),
        **{name: str(value) for name, value in more.items()},
    }


def manage(env, *words):
    """One of the operator's commands; what it printed. Fails with all that it said."""
    done = subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@contextmanager
def closing_connection(address):
    connection = psycopg2.connect(address)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()
