"""Standings touched by a newer register: somebody looked at each, and said what came of it."""

from django.utils.translation import gettext as _

from accreditation.models import Organisation, RegisterTouch
from forums.refusals import MovedMeanwhile


def touches_for(user):
    """Those that this person may look at: never those of their own organisations."""
    own = Organisation.objects.represented_by(user)
    return RegisterTouch.objects.exclude(accreditation__organisation__in=own)


def settle_touch(touch, *, by, at, note=""):
    """Say that this was looked at; the standing itself is changed where accreditations are, by a decision of its own."""
    waiting = RegisterTouch.objects.filter(pk=touch.pk, settled_at__isnull=True)
    if not waiting.update(settled_at=at, settled_by=by, note=note):
        raise MovedMeanwhile(_("Somebody has looked at this already. What they noted stands there."))
    touch.refresh_from_db()
    return touch
