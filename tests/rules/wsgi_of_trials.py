"""The portal as the trials start it. Two settings are for them alone: a wrong clock, and a sabotage that must show.

WEB_CLOCK_WRONG_BY  seconds by which everything that asks this process what time it is, is misled
SABOTAGE            the name of one of the functions of tests/rules/sabotage.py; each breaks one promise on purpose
"""

import os
import time
from datetime import timedelta

import django.utils.timezone

if wrong_by := float(os.environ.get("WEB_CLOCK_WRONG_BY", 0)):  # before anything takes a copy of `now`
    honest_now, honest_time = django.utils.timezone.now, time.time
    django.utils.timezone.now = lambda: honest_now() + timedelta(seconds=wrong_by)
    time.time = lambda: honest_time() + wrong_by

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imrf_portal.settings")
django.setup()

if name := os.environ.get("SABOTAGE"):
    from tests.rules import sabotage

    getattr(sabotage, name)()

from imrf_portal.wsgi import application  # noqa: E402 - last: it loads the views, and they must take what was sabotaged

__all__ = ["application"]
