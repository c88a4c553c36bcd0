"""The private address of one's own calendar: made, renewed so that the old one leads nowhere, taken back."""

from forums.models import CalendarKey
from forums.models.follower import new_key


def give_calendar_key(user, *, at) -> CalendarKey:
    """The one there is, or a first one."""
    key, _new = CalendarKey.objects.get_or_create(user=user, defaults={"made_at": at})
    return key


def renew_calendar_key(user, *, at) -> CalendarKey:
    """Another key; from now on nothing is at the old address."""
    key, _new = CalendarKey.objects.update_or_create(user=user, defaults={"key": new_key(), "made_at": at})
    return key


def take_back_calendar_key(user):
    """No address any more; taking back twice is taking back once."""
    CalendarKey.objects.filter(user=user).delete()
