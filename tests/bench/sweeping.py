"""The sweeps with nothing due: `python -m tests.bench.sweeping` prints statements and milliseconds of each as JSON."""

import json
import time
from io import StringIO
from statistics import median

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.module_loading import import_string

HEARTBEAT = "forums.tasks.heartbeat"


def cost_of(task) -> dict:
    sent, took = [], []

    def note(execute, sql, params, many, context):
        sent.append(sql)
        return execute(sql, params, many, context)

    for _ in range(2):
        sent.clear()
        began = time.perf_counter()
        with connection.execute_wrapper(note):
            import_string(task)()
        took.append((time.perf_counter() - began) * 1000)
    return {"statements": len(sent), "milliseconds": round(median(took), 1)}


if __name__ == "__main__":
    for _ in range(2):  # whatever is due at first
        call_command("sweep_due", stdout=StringIO())
    tasks = {name: entry["task"] for name, entry in settings.CELERY_BEAT_SCHEDULE.items() if entry["task"] != HEARTBEAT}
    print(json.dumps({name: cost_of(task) for name, task in tasks.items()}))  # noqa: T201
