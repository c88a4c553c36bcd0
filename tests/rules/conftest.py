"""Servers that a trial may kill: started once for all trials of a process, and skipped with the reason where they cannot."""

from contextlib import ExitStack

import pytest

from imrf_portal.supervisor import CannotStart
from tests.rules.portals import Portal
from tests.rules.private import private_servers


@pytest.fixture(scope="session")
def own_servers(django_db_setup):
    with ExitStack() as trial:
        try:
            servers = trial.enter_context(private_servers())
        except CannotStart as why:
            pytest.skip(f"A trial that kills needs a PostgreSQL and a Valkey of its own, and none can be started: {why}")
        yield servers


@pytest.fixture
def private(own_servers, tmp_path):
    """Makes a portal of one's own, as `private(SABOTAGE="...")`; all that was started of it is gone afterwards."""
    made = []

    def make(**more):
        folder = tmp_path / f"portal-{len(made)}"
        folder.mkdir()
        made.append(Portal(own_servers, folder, **more))
        return made[-1]

    yield make
    for portal in made:
        portal.stop()
