"""Moving the dates of a forum: the old ones are kept with the reason, never overwritten."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.models import FormerDates, Forum
from forums.refusals import Refused


@transaction.atomic
def move_forum(forum, *, first_day, last_day, reason, on):
    """Give a forum other dates. Dates it had are kept as former dates with the reason and the day of the change.

    Every duty counted from the first day moves with it, since due days are computed at each look.
    """
    kept = Forum.objects.select_for_update().get(pk=forum.pk)
    if (kept.first_day, kept.last_day) == (first_day, last_day):
        return kept
    if kept.first_day:
        if not reason.strip():
            raise Refused(_("Give the reason for the new dates: it is shown beside the old ones."))
        FormerDates.objects.get_or_create(
            forum=kept,
            first_day=kept.first_day,
            last_day=kept.last_day,
            defaults={"replaced_on": on, "reason": reason.strip()},
        )
    kept.first_day, kept.last_day = first_day, last_day
    kept.save(update_fields=["first_day", "last_day"])
    return kept
