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


def late_since(at: datetime) -> dict:
    """Status -> since when at the latest an input has it that has had it longer than the aim."""
    return {status: at - aim for status, aim in AIMS.items()}


def waits_for_nobody(status: str, publish_as: str) -> bool:
    """What was accepted and is not to be published under a name."""
    return status == "accepted" and publish_as != "named"


def overdue(at: datetime, before) -> Q:
    """Inputs that have had their status longer than the aim; `before(moment)` finds those that have had it since then.

    What was accepted and is not to be published under a name waits for nobody.
    """
    found = Q()
    for status, moment in late_since(at).items():
        found |= Q(status=status) & before(moment)
    return found & (~Q(status="accepted") | Q(publish_as="named"))
