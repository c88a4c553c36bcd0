"""The supervisor with real processes. Nothing here is timed: everything waits for what must come."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from imrf_portal.supervisor import Child, Supervisor, last_lines, pause_before_restart

PATIENCE = 60
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"


def until(question):
    end = time.monotonic() + PATIENCE
    while not (answer := question()):
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)
    return answer


def is_alive(number):
    """A zombie is dead: where process 1 does not reap, it would stay for ever."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def said():
    return []


@pytest.fixture
def supervisor(said):
    supervisor = Supervisor(say=said.append)
    yield supervisor
    supervisor.stop()


@pytest.fixture
def sleeper(tmp_path):
    def child(name="sleeper", command=("sleep", "600"), **more):
        return Child(name, list(command), tmp_path / f"{name}.log", dict(os.environ), **more)

    return child


def test_a_child_that_was_killed_is_started_again_and_it_is_said(supervisor, said, sleeper):
    child = sleeper()
    supervisor.start(child)
    first = child.process.pid
    os.kill(first, signal.SIGKILL)

    def runs_again():
        supervisor.look()
        return child.process is not None and child.process.pid != first

    until(runs_again)
    assert is_alive(child.process.pid)
    assert "sleeper ended (killed by SIGKILL)" in said[0]
    assert said[1] == f"sleeper runs again (process {child.process.pid})"


def test_a_child_whose_start_fails_is_tried_again(supervisor, said, sleeper):
    child = sleeper(command=["true"])
    supervisor.start(child)
    child.command = ["/no/such/program"]

    def was_tried():
        supervisor.look()
        return any("could not be started" in line for line in said)

    until(was_tried)
    child.command = ["sleep", "600"]

    def runs():
        supervisor.look()
        return child.process is not None and not child.is_dead()

    until(runs)


@pytest.mark.parametrize(("deaths", "pause"), [(0, 0), (1, 1), (2, 2), (3, 4), (4, 8), (5, 15), (60, 15)])
def test_the_pause_grows_to_a_limit(deaths, pause):
    assert pause_before_restart(deaths) == pause


def test_stopping_leaves_nothing_not_even_a_deaf_child_or_a_grandchild(supervisor, sleeper):
    polite = sleeper("polite")
    deaf = sleeper("deaf", [sys.executable, "-c", DEAF], patience=0.1)
    family = sleeper("family", ["sh", "-c", "sleep 600 & echo $!; wait"])
    for child in (polite, deaf, family):
        supervisor.start(child)
    until(lambda: last_lines(deaf.log) == "deaf")
    grandchild = int(until(lambda: last_lines(family.log)))
    numbers = [child.process.pid for child in (polite, deaf, family)]
    supervisor.stop()
    assert [number for number in numbers if is_alive(number)] == []
    until(lambda: not is_alive(grandchild))


def test_the_lower_floor_is_stopped_last(supervisor, sleeper, tmp_path):
    order = tmp_path / "order"
    script = "trap 'echo {0} >> {1}; exit' TERM; echo ready; while :; do sleep 0.1; done"
    server = sleeper("server", ["sh", "-c", script.format("server", order)], floor=0)
    web = sleeper("web", ["sh", "-c", script.format("web", order)])
    for child in (server, web):
        supervisor.start(child)
        until(lambda log=child.log: last_lines(log) == "ready")
    supervisor.stop()
    assert order.read_text().split() == ["web", "server"]


def test_a_killed_supervisor_takes_its_children_along(tmp_path):
    script = f"""
import os, sys, time
from pathlib import Path
from imrf_portal.supervisor import Child, Supervisor
child = Child("sleeper", ["sleep", "600"], Path({str(tmp_path / "log")!r}), dict(os.environ))
Supervisor(say=print).start(child)
print(child.process.pid, flush=True)
time.sleep(600)
"""
    supervisor = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    number = int(supervisor.stdout.readline())
    assert is_alive(number)
    supervisor.kill()
    supervisor.wait()
    supervisor.stdout.close()
    until(lambda: not is_alive(number))


def test_a_large_log_is_put_aside(supervisor, sleeper, monkeypatch):
    monkeypatch.setattr("imrf_portal.supervisor.LARGEST_LOG", 10)
    child = sleeper(command=["echo", "new"])
    child.log.write_text("a log of more than ten bytes\n")
    supervisor.start(child)
    until(lambda: last_lines(child.log) == "new")
    assert child.log.with_suffix(".old.log").read_text() == "a log of more than ten bytes\n"
