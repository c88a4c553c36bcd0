"""The servers of the benchmark: PostgreSQL, Valkey, the portal and the bare Django, each web with two workers."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from imrf_portal.embedded import PostgreSQL, State, Valkey
from imrf_portal.supervisor import Child
from tests.bench.load import asked
from tests.processes import ROOT, free_port, until

GUNICORN = ["-m", "gunicorn", "-c", "python:imrf_portal.gunicorn_settings", "--log-level", "error", "--max-requests", "0"]


class Bench:
    """What runs; `portal` and `bare` are ports."""

    def __init__(self, folder):
        self.folder, self.state = folder, State(folder)
        self.servers = [PostgreSQL(self.state), Valkey(self.state)]
        self.children = {}
        for server in self.servers:
            server.child().start()
        for server in self.servers:
            server.wait()
        self.environment = self._environment()

    def _environment(self):
        quiet = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "PYTEST"))}
        return {
            **quiet,
            "DATABASE_URL": self.servers[0].url,
            "REDIS_URL": self.servers[1].url,
            "SECRET_KEY": "only-for-the-benchmark-" * 4,
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "DEBUG": "false",
            "SITE_URL": "http://localhost",
            "ALLOWED_HOSTS": "localhost",
            "STATE_DIR": str(self.folder),
            "MEDIA_ROOT": str(self.folder / "media"),
            "STATICFILES_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
            "MOST_DRAFTS_PER_PERSON": "100000",
            "API_RATE": "100000/second",
            "LOG_LEVEL": "ERROR",
            "WEB_CONCURRENCY": "2",
            "PYTHONPATH": str(ROOT),
        }

    def run(self, *command):
        """A command of Python to its end; what it printed. Fails with all that it said."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}\n{done.stdout[-3000:]}{done.stderr[-5000:]}")
        return done.stdout

    def prepare(self, size):
        return json.loads(self.run("-m", "tests.bench.preparing", str(size)).splitlines()[-1])

    def start(self, name, application, probe, **more):
        """Start or start anew one of the two; returns its port once it answers."""
        self.stop(name)
        port, log = free_port(), self.folder / f"{name}.log"
        self.children[name] = Child(
            name=name,
            command=[sys.executable, *GUNICORN, "--bind", f"127.0.0.1:{port}", application],
            log=log,
            environment=self.environment | more,
            folder=ROOT,
            orphan_signal=signal.SIGKILL,
        )
        self.children[name].start()
        if not until(lambda: self._answers(name, port, probe)):
            raise SystemExit(f"{name} does not answer: {log.read_text()[-3000:]}")
        return port

    def _answers(self, name, port, probe):
        if self.children[name].is_dead():
            raise SystemExit(f"{name} died: {(self.folder / f'{name}.log').read_text()[-3000:]}")
        try:
            return 200 in asked(port, [probe], {}, most=1)["statuses"]
        except OSError:
            return False

    def stop(self, name):
        if name in self.children:
            self.children[name].ask_to_stop()
            self.children.pop(name).end()

    def pid(self, name):
        return self.children[name].process.pid

    @property
    def database_pid(self):
        return self.servers[0].process.process.pid

    def close(self):
        for name in list(self.children):
            self.stop(name)
        for server in self.servers:
            server.process.ask_to_stop()
            server.process.end()


@contextmanager
def running_bench():
    """In a folder for temporary files, or in BENCH_DIR; both are emptied afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="imrf-bench-", dir=os.environ.get("BENCH_DIR")))
    folder.chmod(0o711)
    bench = Bench(folder)
    try:
        yield bench
    finally:
        bench.close()
        shutil.rmtree(folder, ignore_errors=True)
