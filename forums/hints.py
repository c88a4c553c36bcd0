"""Hints: "look now, not in a minute". A hint may be lost; the sweep finds the row all the same.

A hint is the message that Celery would send, put into its queue in Redis without Celery: to be able to send one, its client
and all that it brings would take an eighth of the memory of each web process. A test compares it with Celery's own.
"""

import json
import logging
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import uuid4

from django.conf import settings
from django.db import transaction

log = logging.getLogger(__name__)

QUEUE = "celery"  # the one queue that workers take from
HOLDS_SECONDS = 300
PATIENCE = 2  # seconds for a Redis that does not answer
ALONE = {"callbacks": None, "errbacks": None, "chain": None, "chord": None}  # nothing follows it


def look_soon(*tasks, about=()):
    """After the commit, ask the workers to run these sweeps at once. Never raises: without Redis the minute will do.

    `about` are arguments of the tasks, where one does not look for itself.
    """

    def ask():
        at = datetime.now(UTC)  # its own life, as Celery counts it; no rule looks at it
        try:
            _put([message(task, about, at=at) for task in tasks])
        except Exception as why:
            log.warning("no hint for %s: %s", ", ".join(tasks), type(why).__name__)

    transaction.on_commit(ask)


def message(task, about, *, at) -> dict:
    """What Celery calls a task message of version 2, as it lies in Redis."""
    key = str(uuid4())
    return {
        "body": b64encode(json.dumps([list(about), {}, ALONE]).encode()).decode(),
        "content-encoding": "utf-8",
        "content-type": "application/json",
        "headers": _headers(task, about, key, at),
        "properties": {
            "correlation_id": key,
            "delivery_mode": 2,
            "expiration": str(HOLDS_SECONDS * 1000),
            "delivery_info": {"exchange": "", "routing_key": QUEUE},
            "priority": 0,
            "body_encoding": "base64",
            "delivery_tag": str(uuid4()),
        },
    }


def _headers(task, about, key, at) -> dict:
    nothing = ("shadow", "eta", "group", "group_index", "parent_id", "stamped_headers")
    return {
        **dict.fromkeys(nothing),
        "lang": "py",
        "task": task,
        "id": key,
        "root_id": key,
        "expires": (at + timedelta(seconds=HOLDS_SECONDS)).isoformat(),
        "retries": 0,
        "timelimit": [None, None],
        "argsrepr": repr(tuple(about)),
        "kwargsrepr": "{}",
        "origin": "imrf_portal",
        "ignore_result": True,
        "replaced_task_nesting": 0,
        "stamps": {},
    }


def _put(hints):
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
    _redis(settings.REDIS_URL).lpush(f"{prefix}{QUEUE}", *map(json.dumps, hints))


@cache
def _redis(url):
    from redis import Redis  # a worker that only sweeps has it already; a web process loads it with its first hint or count

    return Redis.from_url(url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE)
