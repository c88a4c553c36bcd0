"""Real processes for tests: the portal's worker, beat and web beside a test database, and a mail server that records."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from aiosmtpd.controller import Controller
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin")
PATIENCE = 180  # seconds; machines are shared and slow minutes happen


def until(true, patience=PATIENCE, pause=0.1):
    """Wait until the question is answered with yes; returns the last answer."""
    end = time.monotonic() + patience
    while not (answer := true()) and time.monotonic() < end:
        time.sleep(pause)
    return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_url() -> str:
    """The address of the database this test runs on, for another process."""
    place = connection.settings_dict
    user, port = place["USER"], place["PORT"]
    host = place["HOST"] or place["OPTIONS"].get("host", "")
    if host.startswith("/"):
        return f"postgresql://{user}@/{place['NAME']}?host={quote(host, safe='/')}"
    password = f":{quote(place['PASSWORD'], safe='')}" if place["PASSWORD"] else ""
    return f"postgresql://{user}{password}@{host}:{port or 5432}/{place['NAME']}"


def environment(folder, **more):
    from django.conf import settings
    from django.core.files.storage import default_storage

    return {
        **os.environ,
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "BROKER_PREFIX": f"rules-{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}-",
        "SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "imrf_portal.settings",
        "SITE_URL": "http://localhost",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "STATE_DIR": str(folder),
        "MEDIA_ROOT": str(default_storage.location),  # where this process keeps files, whatever a test did before
        "STATICFILES_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(ROOT),
        **{name: str(value) for name, value in more.items()},
    }


@contextmanager
def running(command, env, log):
    """A process group of its own, killed at the end; its output goes to a file for the one who looks for a fault."""
    with open(log, "ab") as out:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=env, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process, sign=signal.SIGKILL):
    with suppress(ProcessLookupError):
        os.killpg(process.pid, sign)
    process.wait(30)


class Postbox:
    """What a mail server took in; `refuse` maps an address to the answer it gets instead."""

    def __init__(self):
        self.taken, self.refuse, self.down = [], {}, False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.down:
            return "451 try again later"
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken.append((envelope.rcpt_tos[0], envelope.content))
        return "250 OK"

    @property
    def recipients(self):
        return [to for to, _ in self.taken]


@contextmanager
def mail_server():
    """A real SMTP server on a free port: yields its postbox and its address for EMAIL_URL."""
    postbox, port = Postbox(), free_port()
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield postbox, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


# The harmless string every scanner knows, put together here so that no file of the project is a finding.
EICAR = "".join(["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"])


@contextmanager
def clamav(folder):
    """A private clamd with one signature of our own: yields its socket, or nothing where ClamAV is not installed."""
    if not CLAMD:
        yield ""
        return
    signatures, socket = Path(folder) / "signatures", Path(folder) / "s"
    signatures.mkdir(exist_ok=True)
    (signatures / "ours.ndb").write_text(f"Test.Eicar:0:*:{EICAR.encode().hex()}\n")
    settings = {
        "DatabaseDirectory": signatures,
        "LocalSocket": socket,
        "Foreground": "yes",
        "LogFile": Path(folder) / "log",
        "TemporaryDirectory": folder,
    }
    (Path(folder) / "clamd.conf").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    process = subprocess.Popen(
        [CLAMD, "-c", str(Path(folder) / "clamd.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
    )
    try:
        assert until(socket.exists), "clamd did not start"
        yield str(socket)
    finally:
        process.terminate()
        process.wait(30)
