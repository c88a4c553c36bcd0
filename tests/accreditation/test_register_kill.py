"""A worker killed while it brings a register in leaves the old one whole; while it works, others see how far it is."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from accreditation.models import Register, RegisterEntry, RegisterImport
from accreditation.registers import importing
from accreditation.registers.matching import keep_names
from tests.factories import make_vocabularies
from tests.processes import ROOT, environment, until

pytestmark = pytest.mark.django_db(transaction=True)
WORKER = """
import contextlib, os, pathlib, time, types, django
django.setup()
from django.utils.timezone import now
from accreditation.registers import bringing, importing

bringing.EACH, calls, spell = 2, [], bringing.keep_names

def stop_in_the_middle(entries):
    spell(entries)
    calls.append(entries)
    if len(calls) == 3:
        pathlib.Path(os.environ["MARK"]).touch()
        time.sleep(300)

bringing.keep_names = stop_in_the_middle
if os.environ["WHOLE"] == "no":  # the control: the same work, in as many transactions as there are statements
    bringing.transaction = types.SimpleNamespace(atomic=contextlib.nullcontext)
    bringing._held = lambda run: bringing.Register.objects.get(pk=run.kind)
importing.work_on_imports(at=now())
"""


@pytest.fixture
def run(transactional_db):
    make_vocabularies()
    register = Register.objects.create(kind="ecosoc", as_of="2025-08-22", source="A list")
    for number in range(4):
        register.entries.create(name=f"Old guild {number}", status="special")
    keep_names(register.entries.all())
    lines = ["name,status", *(f"New guild {number},special" for number in range(10)), "Old guild 0,roster"]
    file = SimpleUploadedFile("newer.csv", "\n".join(lines).encode())
    run = importing.begin(file, kind="ecosoc", as_of=now().date(), source="iCSO", by=None, at=now())
    importing.work_on_imports(at=now())
    run.refresh_from_db()
    return importing.bring_in(run, by=None, at=now())


def killed_in_the_middle(tmp_path, whole):
    """Start a worker, kill it once it has written half; what others saw just before: done and all rows, and the entries."""
    mark = tmp_path / "half"
    surroundings = environment(tmp_path, MARK=str(mark), WHOLE=whole)
    worker = subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=surroundings)
    try:
        assert until(lambda: mark.exists() or worker.poll() is not None)
        assert worker.poll() is None, "the worker ended by itself"
        seen = RegisterImport.objects.values_list("state", "done_rows", "all_rows").get(), names()
    finally:
        worker.kill()
        worker.wait()
    return seen


def names():
    return sorted(RegisterEntry.objects.filter(gone_on=None).values_list("name", "status", "names__name"))


OLD = [(f"Old guild {number}", "special", f"Old guild {number}") for number in range(4)]


def test_a_worker_killed_in_the_middle_leaves_the_old_register_whole(run, tmp_path):
    seen, entries = killed_in_the_middle(tmp_path, "yes")
    assert seen == ("bringing", 8, 14)  # of three gone, one changed and ten new
    assert entries == OLD
    assert until(lambda: names() == OLD)
    assert importing.work_on_imports(at=now()) == 0, "the claim of the dead worker holds for a while"
    assert importing.work_on_imports(at=now() + importing.CLAIM + timedelta(seconds=5)) == 1
    run.refresh_from_db()
    assert (run.state, run.done_rows, run.all_rows) == ("brought_in", 14, 14)
    assert [name for name, *_rest in names()] == [*(f"New guild {number}" for number in range(10)), "Old guild 0"]


def test_control_without_the_one_transaction_half_of_it_would_stay(run, tmp_path):
    killed_in_the_middle(tmp_path, "no")
    assert names() != OLD
    assert len(names()) < 11
