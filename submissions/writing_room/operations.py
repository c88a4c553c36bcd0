"""What is done in a writing room. Every saving makes a version, which nothing changes but its signing off."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from forums.models import Milestone
from forums.refusals import MovedMeanwhile, Refused
from submissions.models import BackgroundNote, NoteVersion
from submissions.writing_room.outline import check, content_of, sections_of, words_of


class Stale(MovedMeanwhile):
    """Somebody saved after the page was opened; what was typed is kept by the page."""


def open_note(milestone, *, by, at) -> BackgroundNote:
    """Open the writing room of a duty that is met by a background note; opening it twice opens it once."""
    if milestone.kind != Milestone.Kind.NOTE:
        raise Refused(_("Writing rooms are for background notes."))
    if there := BackgroundNote.objects.filter(milestone=milestone).first():
        return there
    try:
        with transaction.atomic():
            return BackgroundNote.objects.create(milestone=milestone, opened_by=by, opened_at=at)
    except IntegrityError:  # pressed twice at the same moment
        return BackgroundNote.objects.get(milestone=milestone)


@transaction.atomic
def save_note(note, *, sections, most_words, edition, by, at, restores=None) -> NoteVersion:
    """Save the outline as the next version; raises Stale where somebody saved since that edition was shown."""
    check(sections, note.milestone.forum, at)
    content = content_of(sections)
    changes = {"content": content, "most_words": most_words, "edition": edition + 1}
    if not BackgroundNote.objects.filter(pk=note.pk, edition=edition).update(**changes):
        raise Stale(
            _(
                "Somebody saved this note after you opened it, so nothing of yours was saved yet. What stands now is shown "
                "below; what you typed is still here. Save again to put yours in its place: theirs stays among the versions."
            )
        )
    for name, value in changes.items():
        setattr(note, name, value)
    words = words_of(sections)
    return note.versions.create(number=note.edition, content=content, words=words, by=by, at=at, restores=restores)


def put_back(note, *, number, edition, by, at) -> NoteVersion:
    """An earlier version once more, as the next one; nothing is lost by it."""
    version = note.versions.filter(number=number).first()
    if version is None:
        raise Refused(_("There is no such version."))
    sections = sections_of(version.content)
    return save_note(
        note, sections=sections, most_words=note.most_words, edition=edition, by=by, at=at, restores=version.number
    )


def sign_off(note, *, edition, by, at) -> NoteVersion:
    """Sign off the newest version; by somebody who did not write it, and only as it was shown and within its limit."""
    version = note.versions.filter(number=edition, signed_by=None).first()
    if version is None or note.edition != edition:
        raise Stale(_("Somebody has saved or signed this note meanwhile. Look at it again, then sign it off."))
    if version.by_id == by.pk:
        raise Refused(_("A second person signs it off: whoever wrote this version does not."))
    if version.words > note.most_words:
        raise Refused(_("It has more words than its limit. Shorten it, or raise the limit."))
    newest = BackgroundNote.objects.filter(pk=note.pk, edition=edition).values("edition")
    signed = note.versions.filter(number__in=newest, signed_by=None).update(signed_by=by, signed_at=at)
    if not signed:
        raise Stale(_("Somebody has saved or signed this note meanwhile. Look at it again, then sign it off."))
    version.signed_by, version.signed_at = by, at
    return version
