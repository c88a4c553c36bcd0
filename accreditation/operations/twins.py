"""Records that may be one organisation: noted for the desk when one is made or renamed, and settled there."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accreditation.models import Resemblance
from accreditation.search import organisations_alike
from forums.refusals import Refused

PROBABLY = 0.8  # from here on two names are shown to the desk; below it most bodies that share words are two
MOST = 6
Verdict = Resemblance.Verdict


def note_twins(organisation, *, at, names=None) -> list:
    """Write down which other records may be the same body, by any of these names; returns the new rows.

    A pair that the desk has looked at once is not brought back.
    """
    found = {}
    for name in names or [organisation.name]:
        for match in organisations_alike(name, organisation.acronym, most=MOST, worth=PROBABLY):
            if match.score >= PROBABLY and match.thing.pk != organisation.pk:
                held = found.get(match.thing.pk)
                found[match.thing.pk] = match if held is None or match.score > held.score else held
    known = set(pairs_of(organisation))
    fresh = [
        Resemblance(organisation=organisation, other=match.thing, score=match.score, reason=match.reason, found_at=at)
        for match in found.values()
        if match.thing.pk not in known
    ]
    return Resemblance.objects.bulk_create(fresh, ignore_conflicts=True)


def pairs_of(organisation):
    """Keys of the records with which this one was compared already, whichever was the later."""
    pairs = Resemblance.objects.filter(Q(organisation=organisation) | Q(other=organisation))
    for one, other in pairs.values_list("organisation", "other"):
        yield other if one == organisation.pk else one


def settle_as_different(resemblance, *, by, at):
    """Two organisations: the pair leaves the desk's list and does not come back."""
    with transaction.atomic():
        settled = Resemblance.objects.filter(pk=resemblance.pk, verdict=Verdict.OPEN)
        if not settled.update(verdict=Verdict.DIFFERENT, settled_at=at, settled_by=by):
            raise Refused(_("Somebody has settled this meanwhile. Open the page again to see how."))


def look_again(resemblance, *, by, at):
    """Bring a pair that was called two organisations back to the desk's list."""
    settled = Resemblance.objects.filter(pk=resemblance.pk, verdict=Verdict.DIFFERENT)
    if not settled.update(verdict=Verdict.OPEN, settled_at=None, settled_by=None):
        raise Refused(_("Somebody has changed this meanwhile. Open the page again to see how."))
