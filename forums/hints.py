"""Hints: "look now, not in a minute". A hint may be lost; the sweep finds the row all the same."""

import logging

from celery import current_app
from django.db import transaction

log = logging.getLogger(__name__)


def look_soon(*tasks, about=()):
    """After the commit, ask the workers to run these sweeps at once. Never raises: without Redis the minute will do.

    `about` are arguments of the tasks, where one does not look for itself.
    """

    def ask():
        for task in tasks:
            try:
                current_app.send_task(task, args=about, retry=False, expires=300, ignore_result=True)
            except Exception as why:
                log.warning("no hint for %s: %s", task, type(why).__name__)
                return

    transaction.on_commit(ask)
