"""What is loaded before web processes are forked: a new worker has nothing left to load for its first visitor."""

from subprocess import run
from sys import executable

import pytest

from imrf_portal.loading import COLLECTED_AFTER
from tests.processes import environment

ASKED = """
import gc
import re
import imrf_portal.wsgi
from django.conf import settings
from django.urls import resolve
from django.utils.translation import trans_real

compiled = []
compile_anew, re.compile = re.compile, lambda *pattern: compiled.append(pattern) or compile_anew(*pattern)
names = [resolve(address).view_name for address in (
    "/en/my/inputs/3f0e1c3e-0000-4000-8000-000000000000/uploads/",
    "/en/inputs/",
    "/admin/submissions/submission/",
    "/api/v1/inputs/",
)]
from django.template import base

parsed = []
parse, base.Parser.parse = base.Parser.parse, lambda self, *until: parsed.append(self) or parse(self, *until)
from django.template.loader import get_template

for page in ("submissions/participant/edit.html", "components/_status.html", "base.html"):
    get_template(page)
known = sorted(trans_real._translations) == sorted(code for code, _name in settings.LANGUAGES)
from django.urls import reverse
from django.utils.translation import override
from imrf_portal import address_tables

laid_out = []
lay_out, address_tables._lay_out = address_tables._lay_out, lambda resolver: laid_out.append(resolver) or lay_out(resolver)
for code, _name in settings.LANGUAGES:
    with override(code):
        for name in ("home", "submissions:inputs", "accreditation:inbox", "forums:calendar", "admin:index"):
            reverse(name)
spared = gc.get_freeze_count() > 100_000 > len(gc.get_objects())
print(names, len(compiled), len(parsed), len(laid_out), known, spared)
"""


@pytest.mark.django_db
def test_views_patterns_and_words_are_there_before_the_first_request(tmp_path):
    done = run([executable, "-c", ASKED], env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    names = "['submissions:begin_upload', 'submissions:inputs', 'admin:submissions_submission_changelist', 'input-list']"
    assert done.stdout.strip() == f"{names} 0 0 0 True True"


WORKER = """
import gc
from celery.signals import celeryd_after_setup
from imrf_portal.celery import app

app.loader.import_default_modules()
celeryd_after_setup.send(sender="worker@here", instance=None, conf=app.conf)
print(gc.get_freeze_count() > 100_000, gc.get_threshold()[0])
"""


def test_a_worker_spares_what_stays_before_it_forks(tmp_path):
    done = run([executable, "-c", WORKER], env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert done.stdout.strip() == f"True {COLLECTED_AFTER[0]}", done.stderr[-2000:]
