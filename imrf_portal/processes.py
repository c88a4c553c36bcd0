"""The portal's own three processes, as `run_portal` starts them. docker-compose.yml has the same three."""

import os
import signal
import sys

from imrf_portal.embedded import State
from imrf_portal.embedded.state import CHECKOUT
from imrf_portal.supervisor import Child


def web(state: State, addresses: list[str]) -> Child:
    bind = [word for address in addresses for word in ("--bind", address)]
    return _child(state, "web", "gunicorn", "-c", "python:imrf_portal.gunicorn_settings", *bind, "imrf_portal.wsgi")


def worker(state: State) -> Child:
    # SIGQUIT where nobody waits: a task that is cut off is taken up again.
    alone = ["--without-gossip", "--without-mingle"]  # it need not ask for neighbours
    command = ["celery", "-A", "imrf_portal.celery", "worker", "--concurrency=2", *alone, "--loglevel=INFO"]
    return _child(state, "worker", *command, orphan_signal=signal.SIGQUIT)


def beat(state: State) -> Child:
    return _child(state, "beat", "celery", "-A", "imrf_portal.celery", "beat", "--loglevel=INFO")


def _child(state: State, name: str, *command: str, orphan_signal: signal.Signals = signal.SIGTERM) -> Child:
    return Child(
        name=name,
        command=[sys.executable, "-m", *command],
        log=state.log(name),
        environment={**os.environ, "PYTHONUNBUFFERED": "1"},
        orphan_signal=orphan_signal,
        folder=CHECKOUT,
    )
