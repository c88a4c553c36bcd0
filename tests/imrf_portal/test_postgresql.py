"""A kept connection is looked at before it is used, and asked only where something lies on it."""

import pytest
from django.db import Error, connection, connections
from django.db.backends.postgresql import base

from imrf_portal.postgresql.base import DatabaseWrapper
from tests.processes import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept():
    """A connection of its own to the database of the test, kept from a request before."""
    own = connection.copy()
    own.ensure_connection()
    own.health_check_enabled, own.health_check_done = True, False
    yield own
    own.close()


@pytest.fixture
def asked(monkeypatch):
    """How often PostgreSQL was asked whether it is there."""
    questions, is_usable = [], base.DatabaseWrapper.is_usable

    def note(self):
        questions.append(self)
        return is_usable(self)

    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", note)
    return questions


def process_of(own):
    return own.connection.get_backend_pid()


def told_by(own):
    with own.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()


def end(process):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [process])


def test_the_portal_stands_on_it():
    assert isinstance(connections["default"], DatabaseWrapper)
    assert connection.vendor == "postgresql"
    assert connection.settings_dict["CONN_HEALTH_CHECKS"]


def test_a_connection_on_which_nothing_lies_is_used_without_asking(kept, asked):
    before = process_of(kept)
    assert told_by(kept) == (1,)
    assert (process_of(kept), asked) == (before, [])


def test_a_connection_that_was_hung_up_is_made_anew(kept, asked):
    before = process_of(kept)
    end(before)
    assert until(kept._has_words)
    assert told_by(kept) == (1,)  # a statement on the old one would have failed
    assert process_of(kept) != before
    assert asked == [kept]


def test_control_a_connection_that_is_not_looked_at_fails(kept):
    end(process_of(kept))
    assert until(kept._has_words)
    kept.health_check_enabled = False
    with pytest.raises(Error):
        told_by(kept)


def test_a_notice_costs_a_question_and_no_connection(kept, asked):
    before = process_of(kept)
    with kept.cursor() as cursor:
        cursor.execute("LISTEN lanterns")
    kept.health_check_done = False
    with connection.cursor() as cursor:
        cursor.execute("NOTIFY lanterns")
    assert until(kept._has_words)
    assert told_by(kept) == (1,)
    assert (process_of(kept), asked) == (before, [kept])


def test_a_connection_that_was_closed_here_is_not_usable(kept):
    kept.connection.close()
    assert not kept.is_usable()
