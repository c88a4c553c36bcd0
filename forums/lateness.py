"""What a refusal after the closing says: when it was, in the zone of the forum, by how much, and whom to ask."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.templatetags.moments import in_words


def closing_in_words(call, at: datetime) -> dict:
    """The words for the sentence of a refusal at that moment, in the language of whoever reads it.

    `call`, `instant` of its closing with the zone named, `late` (the span since then), `contact` for an extension.
    """
    return {
        "call": call,
        "instant": in_words(call.closes_at, call.forum.zone),
        "late": by_how_much(at - call.closes_at),
        "contact": call.contact or settings.CONTACT_EMAIL,
    }


def by_how_much(late: timedelta) -> str:
    """A span in its two largest whole units: 40 seconds, 2 minutes and 5 seconds, 3 hours, 12 days and 1 hour."""
    seconds = int(late.total_seconds())
    if seconds < 1:
        return _("less than a second")
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    units = [
        (days, ngettext("%(n)d day", "%(n)d days", days)),
        (hours % 24, ngettext("%(n)d hour", "%(n)d hours", hours % 24)),
        (minutes % 60, ngettext("%(n)d minute", "%(n)d minutes", minutes % 60)),
        (seconds % 60, ngettext("%(n)d second", "%(n)d seconds", seconds % 60)),
    ]
    largest = next(place for place, (count, _words) in enumerate(units) if count)
    said = [words % {"n": count} for count, words in units[largest : largest + 2] if count]
    return said[0] if len(said) == 1 else _("%(more)s and %(less)s") % {"more": said[0], "less": said[1]}
