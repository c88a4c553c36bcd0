"""What visitors leave behind goes when it has ended: sessions with what was typed into them, counts of tries to sign in."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils.timezone import now

from accreditation import operations, tasks
from accreditation.operations import leaving
from accreditation.session_store import SessionStore as ReadingStore
from forums.models import Sweep
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def make_session(ends):
    store = SessionStore()
    store["typed_before_signing_in"] = {"/en/my/": {"text": ["A long text."]}}
    store.create()
    Session.objects.filter(pk=store.session_key).update(expire_date=ends)
    return store.session_key


def kept():
    return set(Session.objects.values_list("pk", flat=True))


def test_sessions_that_have_ended_go_and_live_ones_stay():
    make_session(NOW - timedelta(days=1))
    make_session(NOW)
    live = make_session(NOW + timedelta(seconds=1))
    assert operations.clear_sessions(at=NOW) == 2
    assert kept() == {live}
    assert operations.clear_sessions(at=NOW) == 0


def test_they_go_in_batches_and_the_rest_at_the_next_sweep(monkeypatch, count_statements):
    monkeypatch.setattr(leaving, "BATCH", 2)
    monkeypatch.setattr(leaving, "MOST_BATCHES", 2)
    for _ in range(5):
        make_session(NOW)
    assert count_statements(lambda: operations.clear_sessions(at=NOW)) == 2
    assert len(kept()) == 1
    assert operations.clear_sessions(at=NOW) == 1


def test_what_a_stranger_typed_is_cleared_by_the_sweep_once_their_session_has_ended(client, draft):
    client.post(f"/en/my/inputs/{draft.pk}/edit/", {"title": "Typed while signed out"})
    assert len(kept()) == 1
    tasks.clear_what_ended()
    assert len(kept()) == 1
    Session.objects.update(expire_date=now() - timedelta(seconds=1))
    tasks.clear_what_ended()
    assert kept() == set()
    assert Sweep.objects.get(name="clear what has ended").did == 1


def test_counts_of_tries_to_sign_in_go_with_their_network_addresses(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {}  # allauth's own
    client.post("/accounts/login/", {"login": "nobody@example.org", "password": "guessed"}, REMOTE_ADDR="192.0.2.7")
    assert addresses_counted() > 0
    operations.clear_counts(at=now())
    assert addresses_counted() > 0
    assert operations.clear_counts(at=now() + timedelta(hours=1)) > 0
    assert addresses_counted() == 0


def addresses_counted():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM limits WHERE cache_key LIKE %s", ["%192.0.2.7%"])
        return cursor.fetchone()[0]


def test_the_clock_of_the_portal_runs_that_sweep():
    assert "accreditation.tasks.clear_what_ended" in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}


def test_a_session_that_is_over_opens_nothing_and_loses_its_key(amina):
    for days, there in ((1, True), (-1, False)):
        session = SessionStore()
        session["word"] = "kept"
        session.save(must_create=True)
        Session.objects.filter(pk=session.session_key).update(expire_date=now() + timedelta(days=days))
        again = ReadingStore(session.session_key)
        assert again.get("word") == ("kept" if there else None)
        assert (again.session_key == session.session_key) is there
    assert ReadingStore("nothing-of-the-kind-0123456789abcdef").get("word") is None
