"""A connection is asked whether it lives where it rested for a second (imrf_portal/resting_connections.py)."""

import pytest
from django.conf import settings
from django.db import connections
from django.http import HttpResponse

from imrf_portal import resting_connections
from imrf_portal.resting_connections import ask_where_it_rested

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 1000.0

    monkeypatch.setattr(resting_connections, "monotonic", lambda: Clock.now)
    monkeypatch.setattr(connections["default"], "last_used", -1.0, raising=False)
    return Clock


@pytest.fixture
def asks(monkeypatch):
    """How often PostgreSQL was asked whether it is there."""
    asked, connection = [], connections["default"]
    usable = connection.is_usable
    monkeypatch.setattr(connection, "health_check_enabled", True)
    monkeypatch.setattr(connection, "is_usable", lambda: asked.append(1) or usable())
    return asked


def ask(_request=None):
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1")
        return HttpResponse(str(cursor.fetchone()[0]))


def request():
    """As a request comes to the middleware: Django lets each of them ask."""
    connections["default"].health_check_done = False
    return ask_where_it_rested(ask)(None).content


def test_it_is_asked_once_it_rested_and_not_before(clock, asks):
    ask()
    for seconds, expected in ((0.0, 1), (0.0, 0), (0.9, 0), (1.0, 1), (0.5, 0), (60.0, 1)):
        asks.clear()
        clock.now += seconds
        assert request() == b"1"
        assert len(asks) == expected, seconds


def test_one_that_is_gone_after_a_rest_is_made_anew(clock, asks):
    request()
    connections["default"].connection.close()
    clock.now += 1
    assert request() == b"1"


def test_it_stands_before_all_that_asks():
    assert settings.MIDDLEWARE[0] == "imrf_portal.resting_connections.ask_where_it_rested"
