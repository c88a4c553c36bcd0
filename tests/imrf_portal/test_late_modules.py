"""What is loaded late stands for itself until it is used, and is the real thing then; from several threads, too."""

import sys
from subprocess import run

import pytest

from imrf_portal.late_modules import LateModule, as_if_absent
from tests.processes import environment

USED = """
import sys
import imrf_portal.wsgi
from imrf_portal.late_modules import LATE, LATE_CALLS, LateModule

late = [name for name in (*LATE, *LATE_CALLS) if type(sys.modules.get(name)) is LateModule]
heavy = {"fido2", "celery", "kombu", "unittest", "puremagic", "babel", "yaml"} & {name.split(".")[0] for name in sys.modules}

from rest_framework import compat

browsers = [compat.pygments, compat.yaml, compat.requests]

import charset_normalizer
import redis
import requests
from allauth.mfa.webauthn.internal import auth, flows
from rest_framework.test import APIRequestFactory

said = [
    flows.auth is auth,
    callable(auth.begin_registration),
    charset_normalizer.from_bytes("é".encode("utf-8")).best().encoding,
    redis.asyncio.Redis.__module__,
    APIRequestFactory().get("/asked/").path,
    [name for name in (*LATE, *LATE_CALLS) if type(sys.modules[name]) is LateModule],
]
print(sorted(late) == sorted((*LATE, *LATE_CALLS)), heavy, browsers, *said, sep="|")
"""


@pytest.mark.django_db
def test_each_is_loaded_by_its_first_use_and_not_before(tmp_path):
    done = run([sys.executable, "-c", USED], env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "True|set()|[None, None, None]|True|True|utf_8|redis.asyncio.client|/asked/|[]"
    assert "RequestsDependencyWarning" not in done.stderr


MANY = """
import sys
from threading import Barrier, Thread
from imrf_portal.late_modules import LateModule

sys.path.insert(0, sys.argv[1])
late, got = sys.modules.setdefault("slow_module", LateModule("slow_module")), []
together = Barrier(20)

def use():
    together.wait()
    got.append(late.answer)

threads = [Thread(target=use) for _ in range(20)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(got == [42] * 20, type(sys.modules["slow_module"]).__name__)
"""


def test_twenty_threads_at_once_get_it_whole(tmp_path):
    (tmp_path / "slow_module.py").write_text("import time\nprint('loaded')\ntime.sleep(0.3)\nanswer = 42\n")
    done = run([sys.executable, "-c", MANY, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.stdout.split("\n")[:2] == ["loaded", "True module"], done.stderr[-2000:]


def test_who_looks_at_all_modules_loads_none():
    late = LateModule("decimal")
    assert not hasattr(late, "__file__")
    assert not hasattr(late, "__warningregistry__")
    assert late.Decimal("1") == 1  # control: a use is answered


def test_what_is_as_if_absent_is_there_afterwards():
    sys.modules.pop("this", None)
    with as_if_absent("this", "sys"):
        with pytest.raises(ImportError):
            import this  # noqa: F401
        import sys as still_there

        assert still_there is sys
    assert "this" not in sys.modules
