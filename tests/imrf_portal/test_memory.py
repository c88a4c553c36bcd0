"""What a web process holds before its first request: none of the libraries that only files need, and so much memory at most.

The measure is a bare Django on the same machine, in the same test; `make bench` measures both under load.
"""

from subprocess import run
from sys import executable

import pytest

from tests.processes import environment

# What makes and reads files, asks the scanner, draws faults, runs sweeps, knows all cities, works for developers.
HEAVY = {
    *("openpyxl", "docx", "icalendar", "lxml", "PIL", "pypdf", "pypdfium2", "weasyprint", "segno"),
    *("celery", "kombu", "babel", "puremagic", "fido2", "yaml", "unittest"),
    *("clamd", "pkg_resources", "polib", "boto3", "storages", "rich", "attr", "pytest", "hypothesis"),
}
MOST = 3.3  # times the bare Django, both as loaded: 3.0 at the end of November 2026; 4.0 before, 4.8 before that
SAY = """
import sys
from pathlib import Path

status = Path("/proc/self/status").read_text().splitlines()
kilobytes = next(line.split()[1] for line in status if line.startswith("VmRSS"))
print(kilobytes, *{name.split(".")[0] for name in sys.modules})
"""
PORTAL = "import imrf_portal.wsgi"
BARE = "from django.core.wsgi import get_wsgi_application; get_wsgi_application(); import tests.bench.bare"


def held(program, tmp_path, **more):
    """The kilobytes and the libraries of a process that ran this."""
    command = [executable, "-W", "ignore", "-c", program + SAY]
    done = run(command, env=environment(tmp_path, **more), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    kilobytes, *libraries = done.stdout.split()
    return int(kilobytes), set(libraries)


@pytest.fixture
def portal(tmp_path, db):
    return held(PORTAL, tmp_path)


def test_a_web_process_holds_no_library_that_only_files_need(portal):
    _kilobytes, libraries = portal
    assert libraries & HEAVY == set()
    assert {"django", "submissions", "rest_framework"} <= libraries  # it was the portal that was looked at


def test_a_web_process_is_loaded_within_a_few_times_the_bare_django(portal, tmp_path):
    mine, _libraries = portal
    bare, libraries = held(BARE, tmp_path, DJANGO_SETTINGS_MODULE="tests.bench.bare_settings")
    assert "submissions" not in libraries
    assert mine / bare < MOST, f"{mine / 1024:.0f} MB beside {bare / 1024:.0f} MB"
