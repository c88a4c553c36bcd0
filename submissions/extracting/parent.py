"""Starts the child process for one file, waits a bounded time, takes its answer. Nothing is opened on this side."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30  # of the clock; the child's own limits are of computing time
MOST_ANSWER = 16 * 1024 * 1024
SMALL_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}  # no secrets, no addresses


class Failed(Exception):
    """The child was killed, gave up or said nothing."""


def run(act, extension, stream):
    """What the child found in the file and, for `clean` and `harmless`, the bytes it wrote; raises Failed."""
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        file = Path(folder, "file")
        with file.open("wb") as out:
            while piece := stream.read(1024 * 1024):
                out.write(piece)
        command = [sys.executable, "-E", "-s", "-m", "submissions.extracting.child", act, extension, str(file), folder]
        environment = {**SMALL_ENVIRONMENT, "TMPDIR": folder}
        try:
            child = subprocess.run(  # noqa: S603 - our own program; act and extension are ours
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=SECONDS,
                start_new_session=True,
                check=False,
            )
        except subprocess.TimeoutExpired as why:
            raise Failed("took too long") from why
        if child.returncode:
            raise Failed(_last_line(child.stderr) or f"ended with {child.returncode}")
        return _answer(Path(folder))


def _answer(folder):
    answer, cleaned = folder / "answer.json", folder / "cleaned"
    if not answer.is_file() or answer.stat().st_size > MOST_ANSWER:
        raise Failed("gave no answer")
    return json.loads(answer.read_text()), cleaned.read_bytes() if cleaned.is_file() else None


def _last_line(stderr) -> str:
    """The name of the error. Its words may hold something of the file, so they stay behind."""
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].partition(":")[0][:100] if lines else ""
