"""Drafts near closing: due by now and not yet written down. A late sweep sends one reminder, not three."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from accreditation.notifications import people_of
from forums import closings
from forums.models import Call, Letter
from forums.operations import write
from submissions.models import Submission

DAYS_BEFORE = (1, 2, 7, 14, 28)
JUST_BEGUN = timedelta(hours=1)


def reminder_at(closes_at, days, zone):
    """When the reminder of so many days goes out: at the same clock time in that zone, whatever clocks do in between."""
    return closes_at.astimezone(zone) - timedelta(days=days)


def days_due(closes_at, at, *, zone, since=None, before=DAYS_BEFORE):
    """The nearest reminder that is due by now, or None while the closing is further away than all of them.

    `since` is when the closing was moved to this instant: what had passed by then was said by the letter about that.
    """
    days = next((days for days in before if at >= reminder_at(closes_at, days, zone)), None)
    if days is None or (since and reminder_at(closes_at, days, zone) <= since):
        return None
    return days


def remind_unsent(*, at):
    """Write to those who speak for an organisation with an unsent draft; once per draft, closing and distance.

    A reminder that waits while its draft is sent or discarded is taken back.
    """
    _take_back_settled(at)
    written = 0
    calls = Call.objects.for_inputs().closing(at, within=timedelta(days=max(DAYS_BEFORE), hours=2))
    for call in calls.select_related("forum").annotate(moved_at=Max("extensions__at")):
        days = days_due(call.closes_at, at, zone=call.forum.zone, since=call.moved_at)
        if days is None:
            continue
        drafts = Submission.objects.filter(call=call, status="draft").select_related("organisation")
        for draft in drafts.filter(begun_at__lt=at - JUST_BEGUN):
            written += sum(_remind(draft, call, person, days, at) for person in people_of(draft.organisation))
    return written


@transaction.atomic
def _remind(draft, call, person, days, at):
    key = closings.reminder(call, draft.pk, days, person.pk)
    nearer = [closings.reminder(call, draft.pk, each, person.pk) for each in DAYS_BEFORE if each <= days]
    if Letter.objects.filter(key__in=nearer).exists() or not _still_so(draft, call):  # clocks may go back
        return 0
    letter = write(
        "submissions/unsent_draft",
        to=person.email,
        language=person.language,
        about={"draft": draft, "call": call, "person": person},
        key=key,
        at=at,
        forum=call.forum,
    )
    return int(letter is not None)  # None: this person wants no reminders


def _still_so(draft, call):
    """Whether the draft is still one and its call still closes then; both are held until the letter is stored."""
    held = Submission.objects.select_related("call").select_for_update(of=("self", "call"), no_key=True)
    return held.filter(pk=draft.pk, status="draft", call__closes_at=call.closes_at).first() is not None


def _take_back_settled(at):
    waiting = Letter.objects.filter(kind="submissions/unsent_draft", sent_at__isnull=True).exclude(claimed_until__gt=at)
    drafts = {pk: closings.draft_of(key) for pk, key in waiting.values_list("pk", "key")}
    if drafts:
        open_ones = Submission.objects.filter(pk__in=set(drafts.values()), status="draft").values_list("pk", flat=True)
        there = {str(pk) for pk in open_ones}
        waiting.filter(pk__in=[pk for pk, draft in drafts.items() if draft not in there]).delete()
