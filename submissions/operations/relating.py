"""Related inputs are looked for off the request: those of a new input at once, those of all others when their turn comes."""

from datetime import timedelta

from django.db import transaction

from submissions import publication
from submissions.models import RelatedInputs
from submissions.search.nearest import nearest_to

KEPT = 8  # more than a page shows, as some may be taken down before their turn comes again
MOST_DUE = 200  # looked for by one sweep, of those that never were or whose words changed
GOES_ROUND = 50  # by one sweep, of the others, once something public changed since
COMMITTED_LATER = timedelta(minutes=5)  # what changed may have been committed so much later than it says


def relate_inputs(*, at) -> int:
    """Look for the related inputs of those that are due, and go on round the others; returns how many.

    Each has its own transaction, so what a killed sweep has done is done. Three statements where nothing changed.
    """
    due = list(_due(at)[:MOST_DUE])
    return sum(_relate(key, made_at, at) for key, made_at in [*due, *_longest_ago(at, GOES_ROUND - len(due))])


def inputs_to_relate(*, at) -> bool:
    """Whether any are due; the round is in no hurry."""
    return _due(at).exists()


def _due(at):
    """Never looked for, or changed since; the newest first, so that nobody waits behind what an upgrade left."""
    return _of_visible(at).filter(made_at=None).order_by("-published")


def _longest_ago(at, most):
    """What was looked for before the public side last changed. When nothing changes the round comes to its end."""
    changed = publication.last_change(at) if most > 0 else None
    if changed is None:
        return []
    return _of_visible(at).filter(made_at__lt=changed.at + COMMITTED_LATER).order_by("made_at", "published")[:most]


def _of_visible(at):
    seen = RelatedInputs.objects.filter(published__visible_at__lte=at, published__taken_down_at=None)
    return seen.values_list("published", "made_at")


@transaction.atomic
def _relate(key, made_at, at) -> bool:
    """Nothing where another sweep did it, or is at it. Who changes the input meanwhile waits, and makes it due again."""
    held = RelatedInputs.objects.select_for_update(skip_locked=True).filter(pk=key, made_at=made_at).first()
    published = publication.visible(at).filter(pk=key).lean().first() if held else None
    if published is None:
        return False
    others = nearest_to(published, at, most=KEPT)
    if held.others is None:
        _make_due(others, since=max(published.visible_at, published.changed_at) + COMMITTED_LATER)
    RelatedInputs.objects.filter(pk=key).update(others=others, made_at=at)
    return True


def _make_due(others, *, since):
    """What is near to a new input has a new one near. No row is waited for: one that is held is left to the round."""
    near = RelatedInputs.objects.filter(pk__in=others, made_at__lt=since).select_for_update(skip_locked=True)
    RelatedInputs.objects.filter(pk__in=list(near.values_list("pk", flat=True))).update(made_at=None)
