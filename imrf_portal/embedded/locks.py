"""File locks that the kernel gives back when their holder dies."""

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO


class Lock:
    """A lock on a file; the file says who holds it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    def take(self, note: str, *, patience: float = 0) -> bool:
        """Take the lock for this process, if need be after a little patience; write down who we are."""
        end = time.monotonic() + patience
        while not self._lock(fcntl.LOCK_EX | fcntl.LOCK_NB):
            if time.monotonic() >= end:
                return False
            time.sleep(0.1)
        self._file.truncate(0)
        self._file.write(f"process {os.getpid()}, {note}")
        self._file.flush()
        return True

    def share(self) -> None:
        """Wait until nobody has it alone, then hold it together with others."""
        self._lock(fcntl.LOCK_SH)

    def take_last(self, say: Callable[[str], None]) -> None:
        """Wait until all others have gone; say so if somebody is there."""
        if not self._lock(fcntl.LOCK_EX | fcntl.LOCK_NB):
            say("Another command still uses the embedded servers; they are stopped when it ends.")
            self._lock(fcntl.LOCK_EX)

    def holder(self) -> str:
        return self.path.read_text() or "another process"

    def release(self) -> None:
        if self._file:
            self._file.close()
            self._file = None

    def _lock(self, kind: int) -> bool:
        if self._file is None:
            self._file = self.path.open("a+")
        try:
            fcntl.flock(self._file, kind)
        except BlockingIOError:
            self.release()
            return False
        return True
