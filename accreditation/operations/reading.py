"""Readings of what is private are noted before anything is shown: who, what, when, and why where a reason is asked."""

from accreditation.models import Reading

MOST_LABEL = Reading._meta.get_field("label").max_length
MOST_REASON = Reading._meta.get_field("reason").max_length


def note_reading(what, thing, *, by, at, reason="", accreditation=None):
    """Note that this person reads this thing now; called in the transaction that shows it, before the first byte."""
    return Reading.objects.create(
        what=what,
        of=str(getattr(thing, "key", None) or thing.pk),
        label=str(thing)[:MOST_LABEL],
        accreditation=accreditation,
        by=by,
        at=at,
        reason=reason[:MOST_REASON],
    )
