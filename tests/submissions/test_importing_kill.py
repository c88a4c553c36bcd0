"""A worker killed in the middle of a file leaves nothing doubled and nothing missing: the next one goes on."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils.timezone import now

from imrf_portal.invariants import check
from submissions.models import RecordingBatch, Submission
from submissions.on_behalf import batches
from submissions.on_behalf.progress import CLAIM
from tests.factories import make_call, make_forum, make_organisation
from tests.processes import ROOT, environment, until
from tests.submissions.recordings import make_batch, row

pytestmark = pytest.mark.django_db(transaction=True)
LINES = 6
WORKER = """
import contextlib, os, pathlib, time, types, django
django.setup()
from django.db.models import QuerySet
from django.utils.timezone import now
from submissions.on_behalf import batches, recording

calls, receive = [], recording.receive

def stop_in_the_middle(*args, **how):
    version = receive(*args, **how)
    calls.append(version)
    if len(calls) == 3:
        pathlib.Path(os.environ["MARK"]).touch()
        time.sleep(300)
    return version

recording.receive = stop_in_the_middle
if os.environ["WHOLE"] == "no":  # the control: an input, and that its line is recorded, in transactions of their own
    recording.transaction = types.SimpleNamespace(atomic=contextlib.nullcontext)
    QuerySet.select_for_update = lambda rows, **how: rows.all()
batches.work_on_batches(at=now())
"""


@pytest.fixture
def batch(transactional_db):
    call = make_call(make_forum(), window="now")
    make_organisation("Harbour Light")
    rows = [row(f"k{number}", received="2026-01-18 09:30") for number in range(LINES)]
    batch = make_batch(*rows, call=call, at=now())
    batches.work_on_batches(at=now())
    batches.carry_out(batch, by=batch.by, at=now())
    return batch


def killed_in_the_middle(tmp_path, whole):
    """Start a worker, kill it when the third input is half recorded; how many inputs others see just before."""
    mark = tmp_path / "half"
    surroundings = environment(tmp_path, MARK=str(mark), WHOLE=whole)
    worker = subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=surroundings)
    try:
        assert until(lambda: mark.exists() or worker.poll() is not None)
        assert worker.poll() is None, "the worker ended by itself"
        seen = Submission.objects.count()
    finally:
        worker.kill()
        worker.wait()
    return seen


def go_on():
    """What the sweep does once the claim of the dead worker has run out."""
    until(lambda: batches.work_on_batches(at=now() + CLAIM + timedelta(seconds=5)), patience=20)
    return RecordingBatch.objects.get().state, Submission.objects.count()


def test_a_worker_killed_in_the_middle_doubles_and_loses_nothing(batch, tmp_path):
    assert killed_in_the_middle(tmp_path, "yes") == 2
    assert batches.work_on_batches(at=now()) == 0, "the claim of the dead worker holds for a while"
    assert go_on() == ("recorded", LINES)
    references = sorted(Submission.objects.values_list("reference", flat=True))
    assert references == [f"IMRF-2026-I-{number:05}" for number in range(1, LINES + 1)]
    assert [found.rule for found in check() if found.violations] == []


def test_control_where_input_and_line_are_written_apart_one_is_doubled(batch, tmp_path):
    assert killed_in_the_middle(tmp_path, "no") == 3
    assert go_on() == ("recorded", LINES + 1)
