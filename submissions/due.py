"""How long an input may wait at the desk before it counts as overdue. The desk's own aims; no resolution sets them. Pure."""

from datetime import datetime, timedelta

from django.db.models import Q

AIMS = {  # status -> how long it may last
    "submitted": timedelta(days=7),
    "under_review": timedelta(days=14),
    "accepted": timedelta(days=7),
}


def due_at(status: str, since: datetime | None) -> datetime | None:
    """When something is to be done about an input that has had this status since then; None where its author is asked."""
    return since + AIMS[status] if since and status in AIMS else None


def overdue(at: datetime, before) -> Q:
    """Inputs that have had their status longer than the aim; `before(moment)` finds those that have had it since then.

    What was accepted and is not to be published under a name waits for nobody.
    """
    found = Q()
    for status, aim in AIMS.items():
        found |= Q(status=status) & before(at - aim)
    return found & (~Q(status="accepted") | Q(publish_as="named"))
