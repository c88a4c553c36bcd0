"""Internal notes: kept for the desk alone; who is named in one with @ is told once, and finds it on the work list."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.operations import write
from forums.refusals import Refused
from submissions.mentions import meant_in
from submissions.models import Mention, Note


@transaction.atomic
def add_note(submission, *, by, at, text):
    """Leave an internal note; only the desk sees it. Whoever of the desk is named in it gets a letter without its words.

    A note is an answer too: what mentioned its writer under this input counts as seen. Returns the note, with `unknown`:
    how those were called who could not be told.
    """
    text = text.strip()
    if not text:
        raise Refused(_("The note is empty. Write it first."))
    note = Note.objects.create(submission=submission, by=by, at=at, text=text)
    people, note.unknown = meant_in(text, submission, besides=by) if "@" in text else ([], [])
    for person in people:
        _tell(Mention.objects.create(note=note, person=person), submission, at=at)
    see_mentions(submission, by=by, at=at)
    return note


def see_mentions(submission, *, by, at) -> int:
    """This person has seen the notes under an input that mention them; returns how many."""
    return Mention.objects.filter(note__submission=submission, person=by, seen_at=None).update(seen_at=at)


def _tell(mention, submission, *, at):
    forum = submission.call.forum
    write(
        "submissions/mentioned",
        to=mention.person.email,
        language=mention.person.language,
        about={"submission": submission, "note": mention.note, "forum": forum, "person": mention.person},
        key=f"mention:{mention.pk}:{mention.person_id}",
        forum=forum,
        at=at,
    )
