"""Co-sponsors that are silent near the closing, and texts that changed after an agreement: due by now, written down once."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from accreditation.notifications import people_of
from forums import closings
from forums.models import Call, Letter
from forums.operations import write
from submissions import joint_letters
from submissions.models import CoSponsor, Submission
from submissions.operations.joining import mark_now, silent_of, text_in_hand
from submissions.operations.reminding import JUST_BEGUN, days_due

DAYS_BEFORE = (2, 7)
AT_REST = timedelta(minutes=30)  # a text is told as changed once nobody has saved it for so long
ONCE_A = timedelta(days=1)


def remind_co_sponsors(*, at):
    """Write to those that were asked and have not answered about the text as it stands; 7 and 2 days before the closing."""
    written = 0
    calls = Call.objects.for_inputs().closing(at, within=timedelta(days=max(DAYS_BEFORE), hours=2))
    for call in calls.select_related("forum").annotate(moved_at=Max("extensions__at")):
        days = days_due(call.closes_at, at, zone=call.forum.zone, since=call.moved_at, before=DAYS_BEFORE)
        if days is None:
            continue
        rows = CoSponsor.objects.asked_now().exclude(answer=CoSponsor.Answer.DECLINED).exclude(organisation=None)
        rows = rows.filter(submission__call=call, invited_at__lt=at - JUST_BEGUN).filter(in_hand())
        for row in rows.select_related("organisation", "submission__organisation"):
            written += _remind(row, call, days, at)
    return written


def in_hand():
    """Rows of inputs whose text can still be changed, so that there is something to answer."""
    change = Submission.objects.filter(amends=OuterRef("submission"))
    return Q(submission__status__in=Submission.WRITABLE) | Exists(change)


@transaction.atomic
def _remind(row, call, days, at):
    submission = Submission.objects.select_for_update(of=("self",), no_key=True).get(pk=row.submission_id)
    text, fresh = text_in_hand(submission), CoSponsor.objects.filter(pk=row.pk).first()
    if fresh is None or not silent_of([fresh], mark_now(text)):
        return 0
    about = {**joint_letters.about_row(row, text), "call": call, "forum": call.forum}
    return sum(_write(row, call, person, days, about, at) for person in people_of(row.organisation))


def _write(row, call, person, days, about, at):
    key = closings.co_sponsor_reminder(call, row.pk, days, person.pk)
    nearer = [closings.co_sponsor_reminder(call, row.pk, each, person.pk) for each in DAYS_BEFORE if each <= days]
    if Letter.objects.filter(key__in=nearer).exists():  # clocks may go back
        return 0
    known = {**about, "person": person}
    letter = write(
        "submissions/joint_reminder",
        to=person.email,
        language=person.language,
        about=known,
        key=key,
        at=at,
        forum=call.forum,
    )
    return int(letter is not None)


def tell_of_changed_texts(*, at):
    """Write to bodies that agreed to another text than the one that stands now; at most once a day, when it is at rest."""
    rows = (
        CoSponsor.objects.named()
        .filter(in_hand(), leaves_with__isnull=True)
        .filter(Q(told_at=None) | Q(told_at__lte=at - ONCE_A))
    )
    rows = rows.select_related("organisation", "submission__organisation", "submission__call__forum")
    return sum(_tell(row, at) for row in rows)


@transaction.atomic
def _tell(row, at):
    text = text_in_hand(row.submission)
    if text.saved_at <= row.answered_at or text.saved_at > at - AT_REST:
        return 0
    mark = mark_now(text)
    if mark in (row.agreed_mark, row.told_mark):
        return 0
    same = CoSponsor.objects.filter(pk=row.pk, agreed_mark=row.agreed_mark, told_mark=row.told_mark, ended="")
    if not same.update(told_mark=mark, told_at=at):
        return 0  # another sweep was faster, or it answered meanwhile
    row.told_mark = mark
    return len(joint_letters.tell_of_change(row, text, at=at))
