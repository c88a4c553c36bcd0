"""The real settings, with a beat that looks every second instead of every minute, so that a test need not wait."""

from datetime import timedelta

from imrf_portal.settings import *  # noqa: F403
from imrf_portal.settings import CELERY_BEAT_SCHEDULE

CELERY_BEAT_MAX_LOOP_INTERVAL = 0.5
for _entry in CELERY_BEAT_SCHEDULE.values():
    _entry["schedule"] = timedelta(seconds=1)
