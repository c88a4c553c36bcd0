"""Which rows are harvested: those the public sees and the tombstones, in the order in which they changed."""

from django.db.models import Q

from submissions import publication
from submissions.harvest.asking import end_of, instant_of
from submissions.harvest.sets import condition

A_PAGE = 100


def harvested(at, until):
    """All that is told at this instant; `until` is the horizon, after which more may still turn up."""
    rows = publication.visible(at) | publication.entombed(at)
    return publication.with_version(rows.filter(stamp__lt=until)).lean()


def page_of(place, *, at, until):
    """The rows of a list from that place on, one more than fit on a page."""
    rows = harvested(at, until).filter(_asked(place))
    if place.after:
        stamp, key = place.after
        rows = rows.filter(Q(stamp__gte=stamp) & (Q(stamp__gt=stamp) | Q(stamp=stamp, pk__gt=key)))
    return list(rows.order_by("stamp", "pk")[: A_PAGE + 1])


def size_of(place, *, at, until) -> int:
    """How many the whole list has at this instant."""
    return harvested(at, until).filter(_asked(place)).count()


def _asked(place):
    asked = condition(place.spec) if place.spec else Q()
    if place.since:
        asked &= Q(stamp__gte=instant_of(place.since))
    if place.until and (end := end_of(place.until)):
        asked &= Q(stamp__lt=end)
    return asked


def one(reference, *, at, until):
    """The row with that reference, or None."""
    return harvested(at, until).filter(reference=reference).first()


def earliest(at, until):
    """The stamp of the first row, or None."""
    return harvested(at, until).order_by("stamp").values_list("stamp", flat=True).first()
