"""Readings of what is private are noted before anything is shown: who, what, when, and why where a reason is asked."""

from accreditation.models import Reading
from forums.exports import register_note

MOST_LABEL = Reading._meta.get_field("label").max_length
MOST_REASON = Reading._meta.get_field("reason").max_length


def note_reading(what, thing, *, by, at, reason="", accreditation=None, label=""):
    """Note that this person reads this thing now; called in the transaction that shows it, before the first byte.

    `label` is what the note calls it, where its own name is for fewer people than the notes.
    """
    return Reading.objects.create(
        what=what,
        of=str(getattr(thing, "key", None) or thing.pk),
        label=str(label or thing)[:MOST_LABEL],
        accreditation=accreditation,
        by=by,
        at=at,
        reason=reason[:MOST_REASON],
    )


def note_export(export):
    """Note that a list was taken out as a file: which, how many rows, what was asked of it, under which file name."""
    return Reading.objects.create(
        what=Reading.What.EXPORT,
        of=export.file[:80],
        label=f"{export.named} · {export.rows}"[:MOST_LABEL],
        by=export.by,
        at=export.at,
        reason=export.asked[:MOST_REASON],
    )


register_note(note_export)
