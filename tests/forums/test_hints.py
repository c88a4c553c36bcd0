"""A hint lies in Redis as Celery itself would have put it, and never stands in the way."""

import json
import logging
from base64 import b64decode
from datetime import datetime, time, timedelta

import pytest
from celery.schedules import crontab
from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from redis import Redis

from forums.hints import HOLDS_SECONDS, look_soon
from imrf_portal.celery import app

pytestmark = pytest.mark.django_db(transaction=True)
TASK = "submissions.tasks.print_receipts"
OF_ITS_OWN = ("id", "root_id", "expires", "origin", "correlation_id", "delivery_tag")


@pytest.fixture
def queue():
    """The queue of the workers, empty; another worker of the tests has another."""
    redis, key = Redis.from_url(settings.REDIS_URL), f"{settings.CELERY_BROKER_TRANSPORT_OPTIONS['global_keyprefix']}celery"
    redis.delete(key)
    yield lambda: [json.loads(each) for each in (redis.rpop(key, 100) or ())]
    redis.delete(key)


def plain(hint):
    """Without what differs from message to message; what is None in it says nothing."""
    parts = hint["headers"] | hint["properties"]
    parts.pop("reply_to", None)  # for results, which nobody waits for
    parts.pop("timelimit")  # Celery says that of a task where its module is loaded; a worker goes by the task's own else
    return json.loads(b64decode(hint["body"])), {name: parts[name] for name in parts if name not in OF_ITS_OWN}


@pytest.mark.parametrize("about", [(), (7,), ("the key", 3)])
def test_a_hint_is_what_celery_would_have_sent(queue, about):
    app.send_task(TASK, args=about, retry=False, expires=300, ignore_result=True)
    look_soon(TASK, about=about)
    celerys, ours = queue()
    assert plain(ours) == plain(celerys)
    assert {*ours} == {*celerys}
    assert {*celerys["properties"]} - {*ours["properties"]} == {"reply_to"}
    assert ours["headers"]["id"] == ours["headers"]["root_id"] == ours["properties"]["correlation_id"]
    assert len({hint["headers"]["id"] for hint in (ours, celerys)} | {ours["properties"]["delivery_tag"]}) == 3


def test_a_hint_is_read_by_celery(queue):
    look_soon(TASK, about=(7,))
    (hint,) = queue()
    with app.connection_for_read() as connection:
        message = connection.default_channel.message_to_python(hint)
        assert message.decode()[0] == [7]
        assert message.headers["task"] == TASK
        holds = datetime.fromisoformat(message.headers["expires"]) - now()
        assert timedelta(seconds=HOLDS_SECONDS - 60) < holds < timedelta(seconds=HOLDS_SECONDS)


def test_one_hint_for_each_sweep_and_none_before_the_commit(queue):
    with transaction.atomic():
        look_soon(TASK, "forums.tasks.send_letters")
        assert queue() == []
    assert [hint["headers"]["task"] for hint in queue()] == [TASK, "forums.tasks.send_letters"]


def test_without_redis_a_hint_is_lost_and_said(settings, caplog):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    with caplog.at_level(logging.WARNING, "forums.hints"):
        look_soon(TASK)
    assert [record.getMessage() for record in caplog.records] == [f"no hint for {TASK}: ConnectionError"]


def test_times_of_the_day_of_the_schedule_are_rules_of_celery():
    by_day = {name: entry["schedule"] for name, entry in settings.CELERY_BEAT_SCHEDULE.items()}
    at_night = {name: at for name, at in by_day.items() if isinstance(at, time)}
    assert at_night == {"forget what was never recorded": time(2, 20), "purge what is kept about people": time(2, 40)}
    read = {name: entry["schedule"] for name, entry in app.conf.beat_schedule.items()}
    assert {name: read[name] for name in at_night} == {
        name: crontab(hour=at.hour, minute=at.minute) for name, at in at_night.items()
    }
    assert {name: read[name] for name in by_day.keys() - at_night} == {
        name: by_day[name] for name in by_day.keys() - at_night
    }
