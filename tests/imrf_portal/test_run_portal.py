"""`manage.py run_portal` as a person knows it: it starts, survives deaths of its parts, and stops."""

import os
import re
import signal
import sys
from pathlib import Path

import pytest

from imrf_portal.embedded.state import CHECKOUT
from tests.imrf_portal.running import Portal, processes_of, room, status_of, until
from tests.imrf_portal.test_compose import free_port
from tests.pages.turns import one_in_turn

RUN = [sys.executable, "manage.py", "run_portal"]


@pytest.fixture(scope="module")
def folder():
    with room() as folder:
        yield folder


@pytest.fixture(scope="module")
def portal(folder):
    """One portal for all tests of this file, since its first start loads much."""
    port = free_port()
    with Portal(RUN, CHECKOUT, PORT=str(port), STATE_DIR=str(folder)) as portal:
        portal.port = port
        portal.wait_for("Ctrl-C stops everything.")
        yield portal


def test_it_says_where_it_answers_how_long_it_took_and_who_may_sign_in(portal):
    assert re.search(rf"The portal answers at http://localhost:{portal.port}/ after \d+\.\d s\.", portal.said)
    assert "@" in portal.said.partition("The portal answers")[2]
    assert (status_of(portal.port, "/livez"), status_of(portal.port, "/en/")) == (200, 200)


def test_it_says_in_one_line_what_happens_to_files(portal):
    [line] = [line for line in portal.said.splitlines() if line.startswith("  files ... ")]
    assert re.search(r"scanned by ClamAV at /|there is no virus scanner, so .* stay in quarantine|does not answer", line)


def test_it_answers_to_no_other_name(portal):
    assert status_of(portal.port, "/en/", host="elsewhere.example") == 400


def test_a_second_copy_says_that_the_first_runs(portal, folder):
    second = Portal(RUN, CHECKOUT, PORT=str(free_port()), STATE_DIR=str(folder))
    assert second.wait_for_end() == 1
    assert re.fullmatch(
        rf"The portal runs already from here \(process \d+, make run\): use http://localhost:{portal.port}, "
        rf"or stop that one first\.\n",
        second.said,
    )


def test_a_command_uses_the_servers_that_run(portal, folder):
    command = Portal([sys.executable, "manage.py", "showmigrations", "forums"], CHECKOUT, STATE_DIR=str(folder))
    assert command.wait_for_end() == 0, command.said
    assert "[X] 0001_" in command.said
    assert portal.process.poll() is None


@pytest.mark.parametrize("name", ["web", "worker", "beat", "PostgreSQL", "Valkey"])
def test_what_is_killed_runs_again(portal, name):
    before = portal.said.count(f"{name} runs again")
    os.kill(child_of(portal, name), signal.SIGKILL)
    until(lambda: portal.said.count(f"{name} runs again") == before + 1)
    until(lambda: status_of(portal.port, "/readyz") == 200)
    assert f"{name} ended (killed by SIGKILL)" in portal.said


def child_of(portal, name):
    """The number of a child process of the portal, told by its command."""
    words = {"web": "gunicorn", "worker": " worker ", "beat": " beat ", "PostgreSQL": "/postgres ", "Valkey": "valkey"}
    children = Path(f"/proc/{portal.process.pid}/task/{portal.process.pid}/children").read_text().split()
    commands = {child: Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode() for child in children}
    return next(int(child) for child, command in commands.items() if words[name] in command)


@pytest.mark.parametrize("with_signal", one_in_turn([signal.SIGINT, signal.SIGTERM], "start"))
def test_asked_to_stop_in_the_middle_of_a_start_it_leaves_nothing(with_signal):
    with room() as folder, Portal(RUN, CHECKOUT, PORT=str(port := free_port()), STATE_DIR=str(folder)) as portal:
        portal.wait_for("PostgreSQL and Valkey ...")
        assert portal.stop(with_signal) == 0
        assert "Stopped all that was started." in portal.said
        assert processes_of(folder) == {}
        assert status_of(port, "/livez") is None


def test_killed_it_leaves_nothing_and_starts_again_on_what_it_kept(folder, portal):
    """Among the last tests of this file: it ends the portal that the others share."""
    portal.process.kill()
    portal.wait_for_end()
    until(lambda: processes_of(folder) == {} and status_of(portal.port, "/livez") is None)
    with Portal(RUN, CHECKOUT, PORT=str(portal.port), STATE_DIR=str(folder)) as again:
        again.wait_for("Ctrl-C stops everything.")
        assert "nothing to migrate" in again.said
        assert "static files ... unchanged" in again.said
        assert "there already" in again.said
        assert again.stop(signal.SIGINT) == 0
    until(lambda: processes_of(folder) == {})


def test_senseless_values_are_answered_with_one_sentence(tmp_path):
    wrong = Portal(RUN, CHECKOUT, PORT="eighty", STATE_DIR=str(tmp_path / "state"), SECRET_KEY="short")
    assert wrong.wait_for_end() == 1
    assert len(wrong.said.splitlines()) == 1
