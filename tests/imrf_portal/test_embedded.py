"""The embedded servers with real processes, in a folder of their own, beside those that the tests themselves use."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import namedtuple
from pathlib import Path

import psycopg2
import pytest
import redis

from imrf_portal import listening
from imrf_portal.embedded import PostgreSQL, State, Valkey, binaries, environment_for, lend, throw_away_servers
from imrf_portal.embedded.server import processes_in
from imrf_portal.embedded.state import CHECKOUT
from imrf_portal.embedded.throwaway import PREFIX, roomy_place
from imrf_portal.supervisor import CannotStart

PATIENCE = 120
NAMES = (
    "DJANGO_SETTINGS_MODULE",
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "STATE_DIR",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "MEDIA_ROOT",
    "STATIC_ROOT",
)
BORROWER = """
import sys
from imrf_portal.embedded import environment_for
with environment_for(["manage.py", "shell"]):
    print("ready", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def folder():
    """Not tmp_path: as root the servers run as somebody else, who may not pass through pytest's private folders."""
    folder = Path(tempfile.mkdtemp(prefix="imrf-portal-embedded-", dir=roomy_place()))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def bare_environment(folder):
    """No server named; what a test sets in the environment is forgotten afterwards."""
    kept = dict(os.environ)
    for name in NAMES:
        os.environ.pop(name, None)
    os.environ["STATE_DIR"] = str(folder)
    yield
    os.environ.clear()
    os.environ.update(kept)


def ask(url, question):
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def until(question):
    end = time.monotonic() + PATIENCE
    while not question():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def command(folder):
    """Another process that uses the servers of the folder until a line is sent to it."""
    kept = {name: value for name, value in os.environ.items() if name not in NAMES}
    process = subprocess.Popen(
        [sys.executable, "-c", BORROWER],
        env=kept | {"STATE_DIR": str(folder)},
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    return process


def test_rows_and_messages_outlive_the_servers_even_when_all_is_killed(folder, bare_environment):
    database, broker = PostgreSQL(State(folder)), Valkey(State(folder))
    with lend(State(folder), [database, broker], note="test"):
        ask(database.url, "CREATE TABLE kept (word text)")
        ask(database.url, "INSERT INTO kept VALUES ('clean stop')")
        redis.Redis(unix_socket_path=broker.socket).set("kept", "clean stop")
    first = command(folder)
    ask(database.url, "INSERT INTO kept VALUES ('kill -9')")
    for number in [first.pid, *processes_in(database.data), *processes_in(broker.data)]:
        with contextlib.suppress(ProcessLookupError):  # PostgreSQL's processes fall with the first of them
            os.kill(number, signal.SIGKILL)
    first.communicate()
    with lend(State(folder), [database, broker], note="test"):
        assert ask(database.url, "SELECT word FROM kept ORDER BY 1") == [("clean stop",), ("kill -9",)]
        assert redis.Redis(unix_socket_path=broker.socket).get("kept") == b"clean stop"
    assert list(processes_in(database.data)) == list(processes_in(broker.data)) == []


def test_a_command_that_ends_leaves_the_servers_to_one_that_came_later(folder, bare_environment):
    starter, borrower = command(folder), command(folder)
    starter.stdin.write("\n")
    starter.stdin.flush()
    assert ask(PostgreSQL(State(folder)).url, "SELECT 1") == [(1,)]
    assert starter.poll() is None, "the one that started the servers waits for the other"
    borrower.communicate("\n")
    starter.communicate()
    assert (borrower.returncode, starter.returncode) == (0, 0)
    assert list(processes_in(folder / "postgresql")) == []


def test_a_killed_command_leaves_no_server(folder, bare_environment):
    process = command(folder)
    assert list(processes_in(folder / "postgresql")) != []
    process.kill()
    process.communicate()
    until(lambda: list(processes_in(folder / "postgresql")) == list(processes_in(folder / "valkey")) == [])


def test_the_kept_database_is_safe_and_knows_letters_beyond_ascii(folder, bare_environment):
    database = PostgreSQL(State(folder))
    with lend(State(folder), [database], note="test"):
        assert [ask(database.url, f"SHOW {name}")[0][0] for name in ("fsync", "synchronous_commit")] == ["on", "on"]
        assert ask(database.url, "SELECT lower('МИГРАЦИЯ'), upper('réfugiés')") == [("миграция", "RÉFUGIÉS")]


def test_with_both_addresses_set_nothing_is_made_and_no_secret_is_invented(folder, bare_environment):
    addresses = {"DATABASE_URL": "postgresql://elsewhere/portal", "REDIS_URL": "redis://elsewhere"}
    os.environ.update(addresses, STATE_DIR=str(folder / "not made"))
    with environment_for(["manage.py", "migrate"]):
        assert "SECRET_KEY" not in os.environ
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("named", "address", "started", "left_alone"),
    [
        ("DATABASE_URL", "postgresql://elsewhere/portal", "valkey", "postgresql"),
        ("REDIS_URL", "redis://elsewhere", "postgresql", "valkey"),
    ],
)
def test_with_one_address_set_only_the_other_server_is_lent(folder, bare_environment, named, address, started, left_alone):
    os.environ[named] = address
    with environment_for(["manage.py", "migrate"]):
        assert os.environ[named] == address
        assert list(processes_in(folder / started)) != []
        assert not (folder / left_alone).exists()
        assert ("SECRET_KEY" in os.environ) is (named == "REDIS_URL")


def test_a_command_that_needs_no_server_starts_none(folder, bare_environment):
    with environment_for(["manage.py", "collectstatic"]):
        assert os.environ["DATABASE_URL"].endswith(f"?host={folder}/sockets")
    assert not (folder / "postgresql").exists()


def test_the_secret_is_made_once_and_is_for_its_owner_only(folder, bare_environment):
    first = State(folder).secret_key()
    assert len(first) >= 50
    assert State(folder).secret_key() == first
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_secret_cut_off_by_a_full_disk_is_made_anew(folder, bare_environment):
    (folder / "secret_key").touch(mode=0o600)
    assert len(State(folder).secret_key()) >= 50


def test_a_full_disk_is_named_with_what_to_do(folder, bare_environment, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9 - 5_000_000, 5_000_000))
    with pytest.raises(CannotStart) as why:
        State(folder).need_room()
    assert str(why.value) == (
        f"The disk of {folder} has 5 MB left and the portal needs 300: "
        f"make room, or set STATE_DIR to a folder on another disk."
    )


def test_data_of_another_postgresql_are_not_touched(folder, bare_environment):
    database = PostgreSQL(State(folder))
    database.data.mkdir()
    (database.data / "PG_VERSION").write_text("13\n")
    with pytest.raises(CannotStart, match=r"was made by PostgreSQL 13 and this is \d+: move that folder away"):
        database.prepare()


def test_without_the_wheels_debians_programs_are_taken(folder, monkeypatch):
    monkeypatch.setattr(binaries, "_wheel", lambda *_: None)
    monkeypatch.setattr(binaries, "DEBIAN_POSTGRESQL", folder)
    monkeypatch.setattr(shutil, "which", lambda name, path: "/usr/bin/redis-server" if name == "redis-server" else None)
    for version in ("9", "14", "15", "17"):
        (folder / version / "bin").mkdir(parents=True)
        (folder / version / "bin" / "postgres").touch()
    assert binaries.postgresql_programs(None, folder) == folder / "17" / "bin"
    assert binaries.valkey_program(None, folder) == Path("/usr/bin/redis-server")


def test_without_wheels_and_debians_programs_one_sentence_says_what_to_do(folder, monkeypatch):
    monkeypatch.setattr(binaries, "_wheel", lambda *_: None)
    monkeypatch.setattr(binaries, "DEBIAN_POSTGRESQL", folder)
    monkeypatch.setattr(shutil, "which", lambda name, path: None)
    with pytest.raises(CannotStart, match=r"There is no PostgreSQL to start: .* or set DATABASE_URL"):
        binaries.postgresql_programs(None, folder)
    with pytest.raises(CannotStart, match=r"There is no Valkey or Redis to start: .* or set REDIS_URL"):
        binaries.valkey_program(None, folder)


@pytest.mark.skipif(not list(Path("/usr/lib/postgresql").glob("*/bin/postgres")), reason="Debian's PostgreSQL is absent")
def test_debians_postgresql_runs_too(folder, bare_environment, monkeypatch):
    monkeypatch.setattr(binaries, "_wheel", lambda *_: None)
    database = PostgreSQL(State(folder, durable=False))
    with lend(State(folder, durable=False), [database], note="test"):
        assert ask(database.url, "SELECT lower('МИГРАЦИЯ')") == [("миграция",)]


def test_the_servers_of_the_tests_are_gone_afterwards_and_so_is_what_killed_tests_left(bare_environment):
    os.environ.pop("STATE_DIR")
    left = Path(tempfile.mkdtemp(prefix=PREFIX, dir=roomy_place()))
    (left / "alive.lock").touch()
    with throw_away_servers() as variables:
        assert not left.exists()
        assert ask(variables["DATABASE_URL"], "SHOW fsync") == [("on",)]
        assert redis.Redis.from_url(variables["REDIS_URL"]).ping()
        folder = Path(variables["STATE_DIR"])
        assert list(processes_in(folder / "postgresql")) != []
        with throw_away_servers() as others:
            assert others["STATE_DIR"] != variables["STATE_DIR"], "a living run is not swept away"
    assert not folder.exists()
    assert list(processes_in(folder / "postgresql")) == list(processes_in(folder / "valkey")) == []


def test_a_port_in_use_is_named_with_what_to_do(monkeypatch):
    monkeypatch.setattr(listening, "PATIENCE", 0)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotStart) as why:
            listening.free_addresses(port)
    assert str(why.value) == (
        f"Port {port} is in use by another program: stop that, or choose another port, PORT=8001 make run."
    )


@pytest.mark.parametrize("wanted", ["0", "65536", "-1", "http", "8000.5"])
def test_a_senseless_port_is_named(monkeypatch, wanted):
    monkeypatch.setenv("PORT", wanted)
    with pytest.raises(CannotStart, match="makes no sense: it must be a number from 1 to 65535"):
        listening.wanted_port()


def test_manage_without_secret_on_named_servers_says_so_in_one_sentence(bare_environment):
    ended = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=CHECKOUT,
        env=os.environ | {"DATABASE_URL": "postgresql://elsewhere/portal", "REDIS_URL": "redis://elsewhere"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "SECRET_KEY" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
