"""Keeps processes running: starts them, starts again what died, stops them all. Knows nothing of the portal.

Linux only. Each child asks the kernel for a signal at the death of its supervisor, so that even `kill -9` of the
supervisor leaves nothing behind. Children must be started from the main thread: the kernel watches that thread.
"""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
QUICK_DEATH = 5  # seconds; whoever dies sooner waits before the next start, each time twice as long
LONGEST_PAUSE = 15
LARGEST_LOG = 10_000_000  # bytes; a larger log is put aside at the next start of its process


class CannotStart(Exception):
    """Something cannot be started; the message is one sentence that says what to do."""


def pause_before_restart(quick_deaths: int) -> float:
    return 0 if quick_deaths == 0 else min(LONGEST_PAUSE, 2 ** (quick_deaths - 1))


def last_lines(log: Path, count: int = 1) -> str:
    """What a log says at its end, for a message to a person."""
    if not log.exists():
        return ""
    lines = [line for line in log.read_text(errors="replace")[-5000:].splitlines() if line.strip()]
    return "\n".join(lines[-count:])


@dataclass
class Child:
    """One process to keep running, and how to end it."""

    name: str
    command: list[str]
    log: Path
    environment: dict[str, str]
    folder: Path = Path("/")  # its working folder
    account: pwd.struct_passwd | None = None  # whom to run it as, if not as ourselves
    floor: int = 1  # what stands on a lower floor is stopped later
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGTERM  # sent by the kernel if the supervisor dies
    patience: float = 15  # seconds from the stop signal to SIGKILL
    before_start: Callable[[], None] = lambda: None

    process: subprocess.Popen | None = field(default=None, init=False)
    started_at: float = field(default=0, init=False)
    start_again_at: float | None = field(default=None, init=False)
    quick_deaths: int = field(default=0, init=False)

    def start(self) -> None:
        """Start the process, its output going to the log."""
        self.started_at, self.start_again_at = time.monotonic(), None
        self.before_start()
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".old.log"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - commands are our own
                self.command,
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which then stops all in their order
                preexec_fn=bound_to_this_process(self.orphan_signal),
                **as_account(self.account),
            )

    def is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def end(self) -> None:
        """Wait for the process that was asked to stop; kill it and what it left behind if it takes too long."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(self.patience)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None


def as_account(account: pwd.struct_passwd | None) -> dict:
    """Arguments that make subprocess run something as this account."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def bound_to_this_process(orphan_signal: signal.Signals) -> Callable[[], None]:
    """For preexec_fn: the child will get the signal when this process dies, however it dies."""
    prctl, parent = ctypes.CDLL(None, use_errno=True).prctl, os.getpid()

    def bind() -> None:
        prctl(PR_SET_PDEATHSIG, int(orphan_signal))
        if os.getppid() != parent:  # it died before we had asked
            os._exit(1)

    return bind


def die_with_parent(with_signal: signal.Signals) -> None:
    """Ask the kernel to send this very process the signal when the one that started it dies."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(with_signal))


class Supervisor:
    """Children in the order of their start; `look` is to be called again and again."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.children: list[Child] = []

    def start(self, child: Child) -> None:
        self.children.append(child)
        child.start()

    def look(self) -> None:
        """Start again what has died: at once the first time, with growing pauses if it keeps dying."""
        for child in self.children:
            if child.start_again_at is None and child.is_dead():
                self._notice_death(child)
            if child.start_again_at is not None and time.monotonic() >= child.start_again_at:
                self._start_again(child)

    def stop(self) -> None:
        """Stop everything, the upper floors first; returns when nothing is left."""
        for floor in sorted({child.floor for child in self.children}, reverse=True):
            leaving = [child for child in self.children if child.floor == floor]
            for child in reversed(leaving):
                child.ask_to_stop()
            for child in leaving:
                child.end()
        self.children.clear()

    def _notice_death(self, child: Child) -> None:
        quick = time.monotonic() - child.started_at < QUICK_DEATH
        child.quick_deaths = child.quick_deaths + 1 if quick else 0
        pause = pause_before_restart(child.quick_deaths)
        child.start_again_at = time.monotonic() + pause
        when = f"in {pause:g} s" if pause else "now"
        self.say(f"{child.name} ended ({ending(child.process.returncode)}); it is started again {when} (see {child.log})")

    def _start_again(self, child: Child) -> None:
        try:
            child.start()
        except (CannotStart, OSError) as why:
            child.process = None
            child.quick_deaths += 1
            child.start_again_at = time.monotonic() + pause_before_restart(child.quick_deaths)
            self.say(f"{child.name} could not be started: {why}")
        else:
            self.say(f"{child.name} runs again (process {child.process.pid})")


def ending(returncode: int) -> str:
    if returncode >= 0:
        return f"exit code {returncode}"
    try:
        return f"killed by {signal.Signals(-returncode).name}"
    except ValueError:
        return f"killed by signal {-returncode}"
