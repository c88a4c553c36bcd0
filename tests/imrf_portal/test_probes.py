from datetime import timedelta

import pytest
from django.conf import settings
from django.db import ConnectionHandler
from django.utils.timezone import now

from forums.models import Letter, Sweep
from imrf_portal import vital_signs

NOBODY = "redis://127.0.0.1:1/0"


@pytest.fixture
def dead_database(db, monkeypatch):
    """A real connection to a port where nobody listens."""
    gone = {**settings.DATABASES["default"], "HOST": "127.0.0.1", "PORT": "1", "OPTIONS": {}}
    monkeypatch.setattr(vital_signs, "connection", ConnectionHandler({"default": gone})["default"])


def letter(**fields):
    at = now()
    defaults = {"key": "a", "kind": "k", "to": "a@example.org", "language": "en", "subject": "s", "text": "t"}
    return Letter.objects.create(**{**defaults, "written_at": at, "not_before": at, **fields})


def beat(at):
    Sweep.objects.create(name="heartbeat", ran_at=at)


def test_livez_asks_nothing_of_the_database(client):
    answer = client.get("/livez")
    assert (answer.status_code, answer.content) == (200, b"alive\n")
    assert answer.cookies == {}
    assert "no-store" in answer["Cache-Control"]


def test_readyz_says_how_each_part_is(client, db):
    beat(now() - timedelta(seconds=30))
    answer = client.get("/readyz")
    found = answer.json()
    assert answer.status_code == 200
    assert (found["ready"], found["database"], found["redis"], found["degraded"]) == (True, "ok", "ok", [])
    assert 29 <= found["heartbeat_age_seconds"] < 60
    assert (found["oldest_due_letter_seconds"], found["migrations_waiting"]) == (0, [])
    assert answer.cookies == {}
    assert "no-store" in answer["Cache-Control"]


def test_without_the_database_it_is_not_ready(client, dead_database):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "away")


def test_without_redis_it_is_ready_but_degraded(client, db, settings):
    beat(now())
    settings.REDIS_URL = NOBODY
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["redis"], answer.json()["degraded"]) == (200, "away", ["redis"])


@pytest.mark.parametrize("age", [None, timedelta(minutes=4)])
def test_a_beat_that_is_not_heard_is_named(client, db, age):
    if age:
        beat(now() - age)
    assert client.get("/readyz").json()["degraded"] == ["beat"]


def test_a_letter_that_waits_too_long_is_named_and_a_held_one_is_not(client, db):
    beat(now())
    late = letter(not_before=now() - timedelta(minutes=11))
    assert client.get("/readyz").json()["degraded"] == ["letters"]
    Letter.objects.filter(pk=late.pk).update(held=True)
    assert client.get("/readyz").json()["degraded"] == []


def test_metrics_are_gauges_with_their_labels(client, db):
    beat(now())
    letter()
    lines = client.get("/metrics").content.decode().splitlines()
    assert "imrf_database_up 1" in lines
    assert "imrf_redis_up 1" in lines
    assert "imrf_letters_due 1" in lines
    assert 'imrf_steps_unannounced{app="submissions"} 0' in lines
    assert 'imrf_sweep_failing{sweep="heartbeat"} 0' in lines


def test_metrics_say_so_when_the_database_is_away(client, dead_database):
    assert client.get("/metrics").content.decode().splitlines() == ["# TYPE imrf_database_up gauge", "imrf_database_up 0"]


@pytest.mark.parametrize(
    ("asked", "proxies", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 0, 200),
        ({"REMOTE_ADDR": "::1"}, 0, 200),
        ({"REMOTE_ADDR": "203.0.113.7"}, 0, 404),
        ({"REMOTE_ADDR": ""}, 0, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}, 0, 404),
        ({"REMOTE_ADDR": "127.0.0.1"}, 1, 404),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer right"}, 1, 200),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer wrong"}, 1, 404),
    ],
)
def test_metrics_are_for_this_machine_and_holders_of_the_token(client, db, settings, asked, proxies, status):
    settings.METRICS_TOKEN, settings.TRUSTED_PROXIES = "right", proxies
    assert client.get("/metrics", **asked).status_code == status


def test_an_empty_token_opens_nothing(client, db, settings):
    settings.METRICS_TOKEN = ""
    asked = {"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer "}
    assert client.get("/metrics", **asked).status_code == 404


@pytest.mark.parametrize("address", ["/livez", "/readyz", "/metrics"])
def test_probes_are_asked_over_plain_http_where_all_else_is_redirected(client, db, settings, address):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(address).status_code == 200
    assert client.get("/en/").status_code == 301
