"""Five hundred inputs in six languages, each of some three hundred words and more: a minute and half a gigabyte at most.

Each format in a process of its own, whose time of a processor and memory are measured (`make soak`), with those of the
processes that it starts. The memory is the highest of that process itself since it began (what `getrusage` says is
inherited from the one that started it); or what all of them took at one moment, a page that they share counted once.
"""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import now

from forums import printing
from imrf_portal.demo.seeding import seed
from tests.journeys.conftest import load_lists

SECONDS, MEGABYTES, INPUTS = 60, 500, 500
CHILD = """
import json, os, resource, sys, threading, time
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from datetime import datetime
from django.conf import settings
from django.db import connections
name, form, at, folder = sys.argv[1:]
settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = name
from django.utils import translation
from forums.models import Forum
from submissions.compilations.contents import compiled
from submissions.compilations.making import MAKERS
from submissions.models import Compilation
def highest():
    return next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
def of_tree(process):
    try:
        taken = next(int(line.split()[1]) for line in open(f"/proc/{process}/smaps_rollup") if line.startswith("Pss:"))
        return taken + sum(of_tree(int(child)) for child in open(f"/proc/{process}/task/{process}/children").read().split())
    except OSError:
        return 0  # it has just ended
together, watching = [0], [0]  # the second is what watching takes of a processor
def watch():
    while True:
        together[0], watching[0] = max(together[0], of_tree(os.getpid()) // 1024), time.thread_time()
        time.sleep(0.3)
from imrf_portal.loading import spare_what_stays
spare_what_stays()  # as a worker does before it forks
idle = highest()
threading.Thread(target=watch, daemon=True).start()
def processor():
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() - watching[0] + children.ru_utime + children.ru_stime
began, worked = time.monotonic(), processor()
about = {"extent": "full", "order": "objective", "language": "en", "asked_at": datetime.fromisoformat(at)}
asked = Compilation(forum=Forum.objects.get(slug="demo"), **about)
with translation.override("en"):
    gathered = compiled(asked)
    made = MAKERS[form](gathered)
open(f"{folder}/compiled.{form}", "wb").write(made)
print(json.dumps({
    "form": form, "inputs": len(gathered.entries), "paragraphs": gathered.paragraphs, "words": gathered.words,
    "seconds": round(time.monotonic() - began, 1), "processor": round(processor() - worked, 1),
    "megabytes": max(highest(), *together), "own": highest(), "idle": idle, "kilobytes": len(made) // 1024,
}))
"""


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not printing.has_font(ord("a")), reason="the Noto fonts of Debian are not installed here")
def test_five_hundred_inputs_in_six_languages(tmp_path, capsys):
    load_lists()
    seed(at=now(), size=INPUTS)
    at, found = (now() + timedelta(days=1)).isoformat(), []
    for form in ("xlsx", "docx", "pdf"):
        command = [sys.executable, "-c", CHILD, connection.settings_dict["NAME"], form, at, str(tmp_path)]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
        assert ran.returncode == 0, ran.stderr[-3000:]
        found.append(json.loads(ran.stdout.splitlines()[-1]))
    with capsys.disabled():
        for line in found:
            sys.stdout.write(f"\n{json.dumps(line)}")
    assert {line["inputs"] for line in found} == {INPUTS}
    assert max(line["megabytes"] for line in found) < MEGABYTES
    assert max(line["processor"] for line in found) <= SECONDS
