"""A portal that a test has started as a person would, and what it says."""

import http.client
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from imrf_portal.supervisor import bound_to_this_process

PATIENCE = 600  # seconds for anything to happen; a slow machine is no fault of the portal
FROM_OUTSIDE = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "STATE_DIR", "MEDIA_ROOT")
FROM_PYTEST = ("DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST", "STATIC_ROOT", "MAKEFLAGS")


def until(question, patience=PATIENCE):
    end = time.monotonic() + patience
    while not (answer := question()):
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)
    return answer


def status_of(port, path, host="localhost"):
    """The HTTP status, None if nobody answers."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        client.request("GET", path, headers={"Host": f"{host}:{port}"})
        return client.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        client.close()


def processes_of(*folders):
    """Command lines of the living processes that name one of the folders; zombies have none."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            working = os.readlink(process / "cwd")
        except OSError:
            continue
        if any(str(folder) in f"{command} {working}" for folder in folders) and int(process.name) != os.getpid():
            found[int(process.name)] = command
    return found


class Portal:
    """A command started in its folder; all that it says is in `said`. As a context it is stopped at the end."""

    def __init__(self, command, folder, **environment):
        kept = {name: value for name, value in os.environ.items() if name not in FROM_OUTSIDE + FROM_PYTEST}
        self.said = ""
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=kept | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=bound_to_this_process(signal.SIGTERM),
        )
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def _listen(self):
        for line in self.process.stdout:
            self.said += line

    def wait_for(self, words):
        def said():
            assert self.process.poll() is None or words in self.said, self.said
            return words in self.said

        until(said)

    def wait_for_end(self):
        self.process.wait(PATIENCE)
        self.listener.join(PATIENCE)
        return self.process.returncode

    def stop(self, with_signal=signal.SIGTERM):
        self.process.send_signal(with_signal)
        return self.wait_for_end()


@contextmanager
def room():
    """A folder that the servers' account may pass through (pytest's own are private)."""
    folder = Path(tempfile.mkdtemp(prefix="imrf-portal-run-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
