"""The row of an import while a worker is at it: its state, how far it is, until when it is claimed."""

from datetime import timedelta

from forums.clock import database_now
from submissions.models import RecordingBatch

CLAIM = timedelta(minutes=4)  # longer than a worker may take over one task
EACH = 50  # lines after which the progress is told and the claim renewed


def move(batch, before, state, **changes) -> bool:
    """Change the state if it still is what it was."""
    moved = RecordingBatch.objects.filter(pk=batch.pk, state__in=before).update(state=state, **changes)
    batch.refresh_from_db()
    return bool(moved)


def tell(batch, done, total):
    renewed = database_now() + CLAIM
    RecordingBatch.objects.filter(pk=batch.pk).update(done_rows=done, all_rows=total, claimed_until=renewed)
