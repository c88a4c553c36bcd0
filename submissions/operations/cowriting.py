"""Writing together: who changed what is kept with each saving, and notes go from one writer to the others."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
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


def keep_changes(submission, *, before, now, by, at):
    """Write down which parts this saving changes; `before` and `now` are answers by name. Four statements at most.

    Runs inside the transaction of the saving, which holds the draft.
    """
    changed = [part for part in now if (now[part] or None) != (before.get(part) or None)]
    if not changed:
        return
    newest = DraftChange.objects.filter(submission=submission, part__in=changed)
    newest = newest.order_by("part", "-at", "-pk").distinct("part")
    going_on = {c.part: c.pk for c in newest if c.by_id == by.pk and at - c.began_at < IN_ONE_GO}
    if going_on:
        DraftChange.objects.filter(pk__in=going_on.values()).update(at=at)
    fresh = [part for part in changed if part not in going_on]
    if not fresh:
        return
    DraftChange.objects.bulk_create(
        DraftChange(submission=submission, part=part, before=before.get(part), by=by, began_at=at, at=at) for part in fresh
    )
    kept = DraftChange.objects.filter(submission=submission).order_by("-at", "-pk").values("pk")[:MOST_CHANGES]
    DraftChange.objects.filter(submission=submission).exclude(pk__in=kept).delete()


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
