"""Who speaks in the opening segment for civil society and for migrants: recorded with who chose them and the evidence."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accreditation.models import Representative
from forums.refusals import MovedMeanwhile

SAID = ("name", "organisation", "chosen_by", "chosen_on", "evidence", "public")


def record_representative(forum, *, voice, said, by, at):
    """Record who was chosen, by whom, when, on which evidence; who was recorded before stays, as replaced."""
    try:
        with transaction.atomic():
            Representative.objects.filter(forum=forum, voice=voice, replaced_at__isnull=True).update(replaced_at=at)
            return Representative.objects.create(
                forum=forum, voice=voice, recorded_by=by, recorded_at=at, **{name: said[name] for name in SAID}
            )
    except IntegrityError as why:
        raise MovedMeanwhile(_("Somebody else has just recorded a representative. Open the list to see whom.")) from why


def shown_of(forum):
    """Those whom the public sees: recorded last and marked public."""
    shown = forum.representatives.filter(public=True, replaced_at__isnull=True)
    return shown.select_related("organisation").order_by("voice")
