"""Gives the tests a real PostgreSQL and a real Valkey, unless DATABASE_URL and REDIS_URL name others.

A plugin and not a conftest, because pytest-django reads the settings before any conftest is loaded. With xdist the
controller starts the servers, and its workers inherit the addresses.

What was compiled is kept for the processes that tests start, a hundred in a run: where an environment forbids that, each
of them would compile the portal anew, which is a third of its start.
"""

import os
from contextlib import ExitStack

import pytest

from imrf_portal.embedded import throw_away_servers
from imrf_portal.supervisor import CannotStart

_servers = ExitStack()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(args):
    if not {"--help", "-h", "--version", "-V"} & set(args):
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        try:
            os.environ.update(_servers.enter_context(throw_away_servers()))
        except CannotStart as why:
            raise pytest.UsageError(str(why)) from None
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure():
    _servers.close()
