"""Gunicorn with two workers on the database of the test, whose workers are killed at random while something goes on."""

import random
import signal
import threading
from contextlib import contextmanager, suppress
from os import kill
from pathlib import Path


def web(port, application="imrf_portal.wsgi:application"):
    bind = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "2", "--worker-class", "gthread", "--preload"]
    return ["-m", "gunicorn", application, *bind, "--log-level", "error"]


def workers_of(process):
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


@contextmanager
def killing(process, every):
    """Kill -9 a random worker again and again; yields the number killed so far."""
    stop, killed = threading.Event(), []

    def work():
        while not stop.wait(random.uniform(*every)):
            with suppress(OSError, IndexError):
                victim = random.choice(workers_of(process))
                kill(victim, signal.SIGKILL)
                killed.append(victim)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield killed
    finally:
        stop.set()
        thread.join()
