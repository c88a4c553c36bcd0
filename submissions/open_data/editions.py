"""Which edition of the open data is served, and when a new one is due.

Made each night if anything changed. Nothing that was taken down or redacted is ever served: from then the edition that holds
it is withheld, and the next sweep makes another. A change of what it holds is caught up with after an hour.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from submissions.models import OpenData, PublishedInput, Redaction

NIGHT = 3  # o'clock, UTC
CAUGHT_UP_AFTER = timedelta(hours=1)


def newest() -> OpenData | None:
    return OpenData.objects.order_by("-made_at", "-pk").first()


def served() -> OpenData | None:
    """The edition that may be given out; None while there is none, or while it holds what was taken down since."""
    edition = newest()
    return None if edition is None or holds_what_is_gone(edition) else edition


def _since(edition):
    return PublishedInput.objects.filter(stamp__gte=edition.up_to)


def holds_what_is_gone(edition) -> bool:
    """Whether something that it may hold was taken down since, or changed since and redacted lately."""
    young = Redaction.objects.filter(submission=OuterRef("submission"), at__gte=edition.up_to - CAUGHT_UP_AFTER)
    gone = Q(taken_down_at__isnull=False) | Exists(young)
    return _since(edition).filter(gone, visible_at__lt=edition.up_to).exists()


def is_due(at) -> bool:
    edition = newest()
    if edition is None or holds_what_is_gone(edition):
        return True
    if edition.made_at < at - CAUGHT_UP_AFTER and _since(edition).filter(visible_at__lt=edition.up_to).exists():
        return True
    return edition.made_at < _last_night(at) and _since(edition).filter(stamp__lte=at).exists()


def _last_night(at):
    tonight = at.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    return tonight if tonight <= at else tonight - timedelta(days=1)
