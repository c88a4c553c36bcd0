"""What processes have used: seconds of processor and megabytes, read from /proc."""

import os
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def family(pid) -> list:
    """A process and everything that it started."""
    found = [pid]
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            found += family(int(child))
    return found


def worked(*pids) -> float:
    """Seconds of processor of these processes and their children, those that are over among them."""
    ticks = 0
    for each in {member for pid in pids for member in family(pid)}:
        with suppress(OSError):
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
    return ticks / TICKS


def megabytes(pid) -> float:
    """Memory of the largest worker of a server."""
    sizes = []
    for each in family(pid)[1:]:
        with suppress(OSError, StopIteration):
            lines = Path(f"/proc/{each}/status").read_text().splitlines()
            sizes.append(next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")))
    return max(sizes, default=0)


def load() -> str:
    return " ".join(Path("/proc/loadavg").read_text().split()[:3])
