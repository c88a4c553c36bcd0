"""Writing together: who changed what is kept with each saving, and notes go from one writer to the others."""

import json
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from accreditation.models import Membership
from accreditation.permissions import WRITES
from forums.operations import write
from forums.refusals import Refused
from submissions.models import DraftChange, DraftNote, Submission

IN_ONE_GO = timedelta(minutes=10)  # savings of one person on one part, nobody between them
MOST_CHANGES = 300  # of one draft; the oldest go
MOST_NOTES = 200  # open ones of one draft
LONGEST_NOTE = 2000
TOLD_EVERY = timedelta(hours=1)
WRITABLE = Submission.WRITABLE
# A change that goes on ends later; of any other part the words are kept as they stood; of many, the oldest go.
KEEP_CHANGES = """
    WITH newest AS (
        SELECT DISTINCT ON (part) id, by_id, began_at FROM submissions_draftchange
        WHERE submission_id = %(pk)s AND part = ANY (%(parts)s) ORDER BY part, at DESC, id DESC
    ), going_on AS (
        UPDATE submissions_draftchange change SET at = %(at)s FROM newest
        WHERE change.id = newest.id AND newest.by_id = %(by)s AND %(at)s - newest.began_at < %(in_one_go)s
        RETURNING change.id, change.part
    ), fresh AS (
        INSERT INTO submissions_draftchange (submission_id, part, before, by_id, began_at, at)
        SELECT %(pk)s, said.key, nullif(said.value::jsonb, 'null'), %(by)s, %(at)s, %(at)s
        FROM json_each(%(before)s) said WHERE said.key NOT IN (SELECT part FROM going_on)
        RETURNING id
    )
    DELETE FROM submissions_draftchange WHERE id IN (
        SELECT id FROM submissions_draftchange
        WHERE submission_id = %(pk)s AND id NOT IN (SELECT id FROM going_on) AND EXISTS (SELECT FROM fresh)
        ORDER BY at DESC, id DESC
        OFFSET greatest(0, %(most)s - (SELECT count(*) FROM going_on) - (SELECT count(*) FROM fresh)))
"""


def keep_changes(submission, *, before, now, by, at):
    """Write down which parts this saving changes; `before` and `now` are answers by name. One statement.

    Runs inside the transaction of the saving, which holds the draft.
    """
    changed = {part: before.get(part) for part in now if (now[part] or None) != (before.get(part) or None)}
    if not changed:
        return
    known = {"pk": submission.pk, "by": by.pk, "at": at, "in_one_go": IN_ONE_GO, "most": MOST_CHANGES}
    with connection.cursor() as cursor:
        cursor.execute(KEEP_CHANGES, {"parts": list(changed), "before": json.dumps(changed), **known})


def leave_note(submission, *, by, at, text, part="", form_key=None):
    """Leave a note for the others who write this draft; a sweep tells them. The same form sent twice leaves one."""
    text = text.strip()
    if not text:
        raise Refused(_("The note is empty. Write it first."))
    if len(text) > LONGEST_NOTE:
        raise Refused(_("The note is too long: at most %(most)d signs.") % {"most": LONGEST_NOTE})
    if form_key and (there := DraftNote.objects.filter(form_key=form_key, submission=submission).first()):
        return there
    with transaction.atomic():
        kept = Submission.objects.select_for_update().get(pk=submission.pk)
        if kept.status not in WRITABLE:
            raise Refused(_("This input was sent, so nobody writes on it now."))
        if kept.draft_notes.filter(resolved_at=None).count() >= MOST_NOTES:
            raise Refused(_("There are too many open notes. Settle some of them first."))
        return DraftNote.objects.create(submission=kept, part=part, text=text, by=by, at=at, form_key=form_key)


def settle_note(note, *, by, at):
    """Say that a note is seen to; pressing twice is no error."""
    DraftNote.objects.filter(pk=note.pk, resolved_at=None).update(resolved_at=at, resolved_by=by)


def tell_of_notes(*, at) -> int:
    """Write to those who write a draft about notes of others; at most once an hour a draft, each note once."""
    written = 0
    untold = DraftNote.objects.filter(told_at=None).order_by().values_list("submission", flat=True).distinct()
    for pk in list(untold):
        with transaction.atomic():
            written += _tell(pk, at)
    return written


def _tell(pk, at):
    held = Submission.objects.select_for_update(of=("self",), skip_locked=True)
    draft = held.select_related("call__forum", "organisation").filter(pk=pk).first()
    if draft is None:
        return 0
    last = draft.draft_notes.aggregate(last=Max("told_at"))["last"]
    if last and at - last < TOLD_EVERY:
        return 0
    notes = list(draft.draft_notes.filter(told_at=None).select_related("by").order_by("at", "pk"))
    people = _writers(draft.organisation) if draft.status in WRITABLE else []
    letters = 0
    for person in people:
        if others := [note for note in notes if note.by_id != person.pk and note.resolved_at is None]:
            letters += _write(draft, person, others, at)
    DraftNote.objects.filter(pk__in=[note.pk for note in notes]).update(told_at=at)
    return letters


def _writers(organisation):
    members = Membership.objects.standing().filter(organisation=organisation, role__in=WRITES, user__is_active=True)
    return [membership.user for membership in members.select_related("user").order_by("pk")]


def _write(draft, person, notes, at):
    forum = draft.call.forum
    letter = write(
        "submissions/draft_notes",
        to=person.email,
        language=person.language,
        about={"draft": draft, "notes": notes, "person": person, "forum": forum},
        key=f"draft-notes:{notes[-1].pk}:{person.pk}",
        private=True,  # the desk reads letters; what writers say to each other is theirs
        forum=forum,
        at=at,
    )
    return int(letter is not None)


def forget_cowriting(*, at) -> int:
    """Delete changes and notes of what is not written on any more, some time after the last of them."""
    until = at - timedelta(days=settings.COWRITING_KEPT_DAYS)
    over = ~Q(submission__status__in=WRITABLE) & Q(at__lte=until)
    gone = [model.objects.filter(over).delete()[0] for model in (DraftChange, DraftNote)]
    return sum(gone)
