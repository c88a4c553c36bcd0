"""What the two embedded servers have in common."""

import os
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

from imrf_portal.embedded.state import State, explain
from imrf_portal.supervisor import CannotStart, Child, last_lines

LONGEST_START = 120  # seconds; a crash recovery on a slow disk takes its time
LONGEST_GOODBYE = 60
SURROUNDINGS = {"PATH": "/usr/bin:/bin", "TZ": "UTC", "LC_ALL": "C.UTF-8", "HOME": "/"}


class Server(ABC):
    """One embedded server: its data, its lock and its process."""

    name: str
    variable: str  # the environment variable that, when set, names another server to use instead

    def __init__(self, state: State) -> None:
        self.state = state
        self.data = state.folder / self.name.lower()
        self.lock = state.lock(self.name.lower())
        self.log = state.log(self.name.lower())
        self.process: Child | None = None

    @property
    @abstractmethod
    def url(self) -> str:
        """The address, known before the server runs."""

    @abstractmethod
    def child(self) -> Child: ...

    @abstractmethod
    def answers(self) -> bool: ...

    def prepare(self) -> None:
        """Make the data folder and wait until a server that was killed has really gone."""
        try:
            self.state.own(self.data)
        except OSError as why:
            raise CannotStart(explain(why, self.state.folder)) from None
        end = time.monotonic() + LONGEST_GOODBYE
        while users := list(processes_in(self.data)):
            if time.monotonic() > end:
                raise CannotStart(f"{self.name} already runs on {self.data} (process {users[0]}): stop it first.")
            time.sleep(0.05)

    def wait(self) -> None:
        """Return when the server answers."""
        end = time.monotonic() + LONGEST_START
        while not self.answers():
            if self.process and self.process.is_dead():
                raise CannotStart(f"{self.name} does not start ({self.log}): {last_lines(self.log)}")
            if time.monotonic() > end:
                raise CannotStart(f"{self.name} does not answer after {LONGEST_START} s: look into {self.log}.")
            time.sleep(0.02)


def processes_in(folder: Path) -> Iterator[int]:
    """The living processes that work in a folder: both servers make their data their working folder.

    Where process 1 does not reap, a killed server's number lives on as a zombie, which has no folder: its number in a
    lock file proves nothing, this does.
    """
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(process / "cwd") == str(folder):
                yield int(process.name)
        except OSError:
            continue
