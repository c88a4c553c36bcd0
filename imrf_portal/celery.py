"""The Celery app. Celery is the clock; the database is the queue: every task is a sweep that may run twice or late."""

import os
from datetime import time

from celery import Celery
from celery.schedules import crontab
from celery.signals import celeryd_after_setup, task_postrun, task_prerun

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imrf_portal.settings")

app = Celery("imrf_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

_said = {}


@app.on_after_configure.connect
def read_times_of_the_day(sender, **rest):
    """What the schedule says as a time of the day runs then, each day."""
    sender.conf.beat_schedule = {
        name: {**entry, "schedule": crontab(hour=at.hour, minute=at.minute)} if isinstance(at, time) else entry
        for name, entry in sender.conf.beat_schedule.items()
        for at in (entry["schedule"],)
    }


@celeryd_after_setup.connect
def before_it_forks(**rest):
    from imrf_portal.loading import spare_what_stays

    spare_what_stays()


@task_prerun.connect
def say_which_task(task_id=None, task=None, **rest):
    """The audit says of what a sweep changed which one it was."""
    import pghistory

    _said[task_id] = pghistory.context(task=task.name)
    _said[task_id].__enter__()


@task_postrun.connect
def say_no_more(task_id=None, **rest):
    if (said := _said.pop(task_id, None)) is not None:
        said.__exit__(None, None, None)
