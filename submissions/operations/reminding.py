"""Drafts near closing: due by now and not yet written down. A late sweep sends one reminder, not three."""

from datetime import timedelta

from django.utils.timezone import localtime

from accreditation.notifications import people_of
from forums.models import Call, Letter
from forums.operations import write
from submissions.models import Submission

DAYS_BEFORE = (1, 2, 7, 14, 28)


def days_due(closes_at, at):
    """The nearest reminder that is due by now, or None while the closing is further away than all of them."""
    return next((days for days in DAYS_BEFORE if at >= closes_at - timedelta(days=days)), None)


def remind_unsent(*, at):
    """Write to those who speak for an organisation with an unsent draft; once per draft, closing and distance."""
    written = 0
    calls = Call.objects.for_inputs().closing(at, within=timedelta(days=max(DAYS_BEFORE)))
    for call in calls.select_related("forum"):
        days = days_due(call.closes_at, at)
        drafts = Submission.objects.filter(call=call, status="draft").select_related("organisation")
        for draft in drafts.filter(begun_at__lt=at - timedelta(hours=1)):
            written += sum(_remind(draft, call, person, days, at) for person in people_of(draft.organisation))
    return written


def _remind(draft, call, person, days, at):
    key = f"draft-reminder:{draft.pk}:{call.closes_at:%Y%m%dT%H%M%S}:{days}:{person.pk}"
    if Letter.objects.filter(key=key).exists():
        return 0
    write(
        "submissions/unsent_draft",
        to=person.email,
        language=person.language,
        about={"draft": draft, "call": call, "person": person, "closes": localtime(call.closes_at, call.forum.zone)},
        key=key,
        at=at,
    )
    return 1
