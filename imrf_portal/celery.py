"""The Celery app. Celery is the clock; the database is the queue: every task is a sweep that may run twice or late."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imrf_portal.settings")

app = Celery("imrf_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
