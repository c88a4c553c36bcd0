"""Limits of what anybody may ask for an address that may be another's: how many letters, and how long it is kept."""

from datetime import timedelta

from forums.models import Letter

KEPT_UNCONFIRMED = timedelta(days=7)
KEPT_STOPPED = timedelta(days=30)
MOST_LETTERS_AN_HOUR = 3  # to one address, however often somebody types it


def has_had_enough(email, kind, *, at) -> bool:
    """Whether this address got as many letters of this kind within the hour as strangers may have sent to it."""
    lately = Letter.objects.filter(kind=kind, to__iexact=email, written_at__gt=at - timedelta(hours=1))
    return lately.count() >= MOST_LETTERS_AN_HOUR
