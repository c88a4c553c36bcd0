"""Starts the child processes that lay out, keeps each of them at work, takes their answers."""

import os
import select
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from submissions.compilations import frames

ROOT = Path(__file__).resolve().parents[2]
MOST = 2  # at once: each needs a core, and memory of its own
PASSED_ON = ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")  # where fonts are looked for
SMALL_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}  # no secrets, no addresses


class LayoutFailed(Exception):
    """A child was killed, or gave up."""


class Layouts:
    """So many child processes, one where there is one core; they end with the `with` in which they were started."""

    def __init__(self, parts):
        self.children = [_Child() for _each in range(max(1, min(MOST, parts, len(os.sched_getaffinity(0)))))]

    def __enter__(self):
        return self

    def __exit__(self, *_why):
        for child in self.children:
            child.end()

    def answers(self, jobs):
        """What was said and made of each job, in the order of the jobs, whichever child was free for it."""
        jobs, idle, busy, ready, told = enumerate(jobs), list(self.children), {}, {}, 0
        _give(jobs, idle, busy)
        while busy:
            for child in select.select(list(busy), [], [])[0]:
                ready[busy.pop(child)] = child.answer()
                idle.append(child)
            _give(jobs, idle, busy)  # before anything else is done here
            while told in ready:
                yield ready.pop(told)
                told += 1

    def fonts(self, signs) -> dict:
        """Name of a font -> its pieces and their bytes, from a child that has it."""
        asked, left = {}, dict(signs)
        for child in self.children:
            names = [name for name in left if name in child.fonts]
            if names:
                asked[child] = names
                child.ask({"act": "fonts", "signs": {name: left.pop(name) for name in names}})
        found = {}
        for child in asked:
            said, content = child.answer()
            for name, pieces in said["written"].items():
                size = sum(piece[2] for piece in pieces)
                found[name], content = (pieces, content[:size]), content[size:]
        return found


def _give(jobs, idle, busy):
    while idle and (job := next(jobs, None)):
        place, said = job
        child = idle.pop(0)
        child.ask(said)
        busy[child] = place


class _Child:
    """A process; `fonts` are the names of those it has."""

    def __init__(self):
        environment = {**SMALL_ENVIRONMENT, **{name: os.environ[name] for name in PASSED_ON if name in os.environ}}
        self.fonts, self.errors = set(), tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self.process = subprocess.Popen(
            [sys.executable, "-E", "-s", "-m", "submissions.compilations.layout_child"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            start_new_session=True,
        )

    def fileno(self) -> int:
        return self.process.stdout.fileno()

    def ask(self, said):
        try:
            frames.write(self.process.stdin, said)
        except BrokenPipeError as why:
            raise LayoutFailed(self._why()) from why

    def answer(self):
        if (answer := frames.read(self.process.stdout)) is None:
            raise LayoutFailed(self._why())
        self.fonts.update(answer[0].get("fonts", ()))
        return answer

    def end(self):
        self.process.kill()  # it has nothing to tidy up
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()
        with suppress(BrokenPipeError):
            self.process.stdin.close()

    def _why(self) -> str:
        """The name of the error. Its words may hold something of a text, so they stay behind."""
        self.errors.seek(0)
        lines = self.errors.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1].partition(":")[0][:100] if lines else "ended"
