"""The real settings; the beat of a trial looks every second, and only at what the trial is about."""

from datetime import timedelta

from imrf_portal.settings import *  # noqa: F403
from imrf_portal.settings import CELERY_BEAT_SCHEDULE as _ALL

# The claim of a worker that died holds up what stands behind it for as long as a task may live.
CELERY_TASK_TIME_LIMIT, CELERY_TASK_SOFT_TIME_LIMIT = 40, 30
CELERY_BEAT_MAX_LOOP_INTERVAL = 0.5
CELERY_BEAT_SCHEDULE = {
    name: {**_ALL[name], "schedule": timedelta(seconds=1)} for name in ("announce submission steps", "send letters")
}
