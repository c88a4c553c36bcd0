"""A sweep: work that is due by now and not yet written down as done. It may run late, twice, or side by side."""

import logging
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from forums.models import Sweep

log = logging.getLogger(__name__)


@dataclass
class Report:
    did: int = 0


@contextmanager
def sweep(name, *, at):
    """Note that the sweep ran, what it did and what went wrong; an error is noted and raised again."""
    report = Report()
    try:
        yield report
    except Exception as why:
        _note(name, at, report.did, f"{type(why).__name__}: {why}"[:500])
        raise
    _note(name, at, report.did, "")


def _note(name, at, did, error):
    if connection.in_atomic_block and connection.needs_rollback:
        return
    with transaction.atomic():
        Sweep.objects.update_or_create(name=name, defaults={"ran_at": at, "did": did, "error": error})
