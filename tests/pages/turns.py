"""Of many trials that are alike the ordinary run makes a share, another one each week, so that all of them come in turn.

Which share is due depends on the name of the trial and on the week alone: both workers of a run, and a second run on the
same day, try the same. `TURN=2953 make test` repeats the week with that number; `make soak` tries all.
"""

import os
from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import cycle, islice
from zlib import crc32

import pytest

MONDAY = date(1970, 1, 5).toordinal()


def turn() -> int:
    """How many weeks have begun since 1970, unless TURN says another number."""
    return int(os.environ.get("TURN") or (datetime.now(UTC).date().toordinal() - MONDAY) // 7)


def is_due(name: object, one_in: int, later: int = 0) -> bool:
    """Whether this is the week of that trial: one in so many is, and each once in so many weeks, or so many weeks later."""
    return (crc32(str(name).encode()) + turn() - later) % one_in == 0


def due(trials: Iterable, one_in: int, of: object = "") -> list:
    """Those of the trials whose week it is; `of` sets one row of trials apart from another with the same names."""
    return [trial for trial in trials if is_due(f"{of}{trial}", one_in)]


def next_of(every: list, name: object, count: int, one_in: int = 1):
    """So many of a row of trials, which begins elsewhere for each name and goes on each time that its turn comes."""
    begins = (crc32(str(name).encode()) + turn() // one_in * count) % len(every)
    return islice(cycle(every), begins, begins + count)


def in_turn(trials: Iterable, one_in: int, of: object = "", later: int = 0) -> list:
    """All of the trials as parameters of a test: those whose week it is not are left to `make soak`."""
    return [pytest.param(trial, marks=() if is_due(f"{of}{trial}", one_in, later) else pytest.mark.soak) for trial in trials]


def one_in_turn(trials: list, of: object) -> list:
    """All of the trials as parameters of a test, of which one has its turn in a week; the others are left to `make soak`."""
    chosen = list(next_of(trials, of, 1))
    return [pytest.param(*_each(trial), marks=() if trial in chosen else pytest.mark.soak) for trial in trials]


def _each(trial) -> tuple:
    return trial if isinstance(trial, tuple) else (trial,)
