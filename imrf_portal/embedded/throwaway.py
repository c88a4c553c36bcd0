"""Servers for the tests: in memory, gone afterwards."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imrf_portal.embedded.lending import SERVERS, lend
from imrf_portal.embedded.locks import Lock
from imrf_portal.embedded.state import ROOM_NEEDED, State

MEMORY = Path("/dev/shm")  # noqa: S108 - the folder made in it is our own
PREFIX = "imrf-portal-tests-"


@contextmanager
def throw_away_servers() -> Iterator[dict[str, str]]:
    """Start those servers that no variable names; yields the variables to set. All is removed at the end.

    Among them is a STATE_DIR of its own, so that tests never touch what a run keeps.
    """
    missing = [kind for kind in SERVERS if not os.environ.get(kind.variable)]
    if not missing and PREFIX in os.environ.get("STATE_DIR", ""):
        yield {}  # we are inside such a run
        return
    place = roomy_place()
    sweep(place)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    alive = Lock(folder / "alive.lock")
    alive.take("tests")
    try:
        state = State(folder, durable=False)
        servers = [kind(state) for kind in missing]
        with lend(state, servers, note="tests"):
            yield {"STATE_DIR": str(folder), **{server.variable: server.url for server in servers}}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        alive.release()


def roomy_place() -> Path:
    """Shared memory if it has room (containers often give it 64 MB), else the folder for temporary files."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2 * ROOM_NEEDED:
        return MEMORY
    return Path(tempfile.gettempdir())


def sweep(place: Path) -> None:
    """Remove what tests that were killed have left."""
    for folder in place.glob(f"{PREFIX}*"):
        if folder.stat().st_uid != os.geteuid() or not (folder / "alive.lock").exists():
            continue
        lock = Lock(folder / "alive.lock")
        if lock.take("sweep"):
            shutil.rmtree(folder, ignore_errors=True)
            lock.release()
