"""A portal that breaks rule 1 on purpose: it answers first and stores a moment later. Only for the control."""

import threading
import time
from types import SimpleNamespace

from django.db import connections

from imrf_portal.wsgi import application
from submissions import operations

_honest = operations.submit


def _answer_first(submission, *, by, at=None):
    def store_later():
        time.sleep(1.0)
        try:
            _honest(submission, by=by, at=at)
        finally:
            connections.close_all()

    threading.Thread(target=store_later, daemon=True).start()
    return SimpleNamespace(submission_id=submission.pk)  # what the page needs to promise a receipt


operations.submit = _answer_first
__all__ = ["application"]
