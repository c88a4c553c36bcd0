"""`make run` as on a new machine: a copy of the checkout, nothing installed, in a folder nobody else may enter.

Not part of `make test`, since it installs everything anew; `make fresh` runs it.
"""

import os
import shutil
import subprocess
import time

import pytest

from imrf_portal.embedded.state import CHECKOUT, tag
from tests.imrf_portal.running import Portal, processes_of, status_of, until
from tests.imrf_portal.test_compose import free_port

pytestmark = pytest.mark.fresh


@pytest.fixture
def new_checkout(tmp_path):
    copy = tmp_path / "private" / "portal"
    copy.parent.mkdir(mode=0o700)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (CHECKOUT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, copy / name)
    yield copy
    if os.geteuid() == 0:
        shutil.rmtree(f"/var/lib/imrf-portal-{tag(copy)}", ignore_errors=True)


@pytest.mark.parametrize("installer", ["uv", "pip"])
def test_a_fresh_machine_serves_and_is_left_as_it_was(new_checkout, installer):
    if installer == "uv" and not shutil.which("uv"):
        pytest.skip("uv is not on the PATH")
    path = os.environ["PATH"]
    if installer == "pip" and (uv := shutil.which("uv")):
        path = os.pathsep.join(folder for folder in path.split(os.pathsep) if folder != os.path.dirname(uv))
    port, state = free_port(), f"/var/lib/imrf-portal-{tag(new_checkout)}"
    for start in ("first", "second"):
        began = time.monotonic()
        with Portal(["make", "run"], new_checkout, PORT=str(port), PATH=path) as portal:
            until(lambda portal=portal: portal.process.poll() is not None or status_of(port, "/en/") == 200)
            print(f"\n{start} start with {installer}: {time.monotonic() - began:.1f} s to /en/")  # noqa: T201
            portal.wait_for("Ctrl-C stops everything.")
            print(portal.said)  # noqa: T201
            began = time.monotonic()
        print(f"stopped in {time.monotonic() - began:.1f} s")  # noqa: T201
        until(lambda: processes_of(new_checkout, state) == {})
        assert status_of(port, "/livez") is None
