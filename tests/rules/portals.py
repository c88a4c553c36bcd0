"""A portal of a trial's own: its database on the private servers, its files, and the processes that it may kill."""

import json
import os
import random
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from imrf_portal.embedded.server import processes_in
from imrf_portal.supervisor import Child
from tests.processes import ROOT, free_port, until
from tests.rules.asking import livez
from tests.rules.private import closing_connection, environment_of


class Portal:
    """One trial's portal: its database, and the processes that were started of it."""

    def __init__(self, servers, folder, **more):
        self.servers, self.folder, self.database = servers, folder, servers.new_database()
        self.env = environment_of(servers, self.database, folder, **more)
        self.processes, self.ports, self.killed = {}, {}, []

    # Acts on it

    def prepare(self, what, **wishes):
        """Rows that a trial begins with, made in another process; see tests/rules/preparing.py."""
        env = self.env | {"SABOTAGE": ""}
        command = [sys.executable, "-m", "tests.rules.preparing", what, json.dumps(wishes)]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout)

    def rows(self, statement, *values):
        with closing_connection(self.servers.address(self.database)) as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def broken_rules(self):
        """What check_invariants finds, files and their hashes too: name of the rule -> examples."""
        command = [sys.executable, "manage.py", "check_invariants", "--files", "--json"]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True)
        assert done.stdout, done.stderr[-3000:]
        return {rule["rule"]: rule["examples"] for rule in json.loads(done.stdout)["rules"] if rule["violations"]}

    # Its processes

    def start(self, name, *command, **more):
        child = Child(
            name=name,
            command=[sys.executable, "-m", *command],
            log=self.folder / f"{name}.log",
            environment=self.env | {key: str(value) for key, value in more.items()},
            folder=ROOT,
            orphan_signal=signal.SIGKILL,
        )
        child.start()
        self.processes[name] = child
        return child

    def start_web(self, name="web", workers=2, **more):
        self.ports[name] = port = free_port()
        bind = ["--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--threads", "4", "--worker-class", "gthread"]
        where = ["--worker-tmp-dir", str(self.folder), "--no-control-socket", "--log-level", "error", "--preload"]
        self.start(name, "gunicorn", "tests.rules.wsgi_of_trials:application", *bind, *where, **more)
        return port

    def start_clock(self):
        """Beat and worker."""
        app = ["celery", "-A", "imrf_portal"]
        alone = ["--without-gossip", "--without-mingle", "-c", "2", "-l", "ERROR"]
        self.start("worker", *app, "worker", *alone)
        self.start("beat", *app, "beat", "-l", "ERROR", "-s", str(self.folder / "beat"), "--pidfile=")

    def answers(self, name="web"):
        return livez(self.ports[name])

    def log_of(self, name):
        return (self.folder / f"{name}.log").read_text()[-2000:]

    def wait_for_web(self):
        for name in self.ports:
            assert until(lambda name=name: self.answers(name)), self.log_of(name)

    # Killing

    def kill(self, name):
        """Kill -9 of one of its processes, or of one of its servers: one child of it, or the whole."""
        if name == "PostgreSQL":
            victims = list(processes_in(self.servers.postgresql.data))
            whole = [self.servers.postgresql.process.process.pid]
            victims = random.choice([whole, victims, [random.choice(victims or whole)]])
        elif name == "Valkey":
            victims = [self.servers.valkey.process.process.pid]
        else:
            pid = self.processes[name].process.pid
            family = [pid, *children_of(pid)]
            victims = random.choice([family, [random.choice(family[1:] or family)]])
        for victim in victims:
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        # A process that is killed still has its memory to give back: asked too soon it looks alive, and nobody starts it.
        assert until(lambda: not any(map(is_running, victims)), pause=0.01), victims
        self.killed.append(name)

    def start_what_died(self):
        """Only from the thread that started them: the kernel watches it."""
        servers = [self.servers.postgresql.process, self.servers.valkey.process]
        for child in [*servers, *self.processes.values()]:
            if child.is_dead():
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(child.process.pid, signal.SIGKILL)  # what it left behind holds its port
                child.start()

    def stop(self):
        for child in reversed(self.processes.values()):
            with suppress(ProcessLookupError):
                os.killpg(child.process.pid, signal.SIGKILL)
            child.end()
        self.processes.clear()
        self.start_what_died()
        for server in (self.servers.postgresql, self.servers.valkey):
            server.wait()


def is_running(pid):
    """Whether it still runs; one that is dead and waits for its parent to notice does not."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False


def children_of(pid):
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []
