"""On the review page: what is proposed beside the input, and opening it for additions after its call has closed."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.admin.decisions import Words
from submissions import operations
from submissions.admin.deciding import asking
from submissions.admin.proposals import proposal_tone
from submissions.models import Proposal

DAY = forms.DateInput(attrs={"type": "date"})


class LateOpeningForm(Words):
    last_day = forms.DateField(label=_("Takes additions until the end of this day, in the zone of the forum"), widget=DAY)
    reason = forms.CharField(
        label=_("Reason (the author reads it)"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


def beside(submission, at) -> dict:
    """Corrections and additions that were sent, whether it can be opened for additions, and until when it is open."""
    sent = list(Proposal.objects.sent().filter(submission=submission).select_related("version"))
    for one in sent:
        one.tone = proposal_tone(one.status)
    closed = submission.call.closes_at is not None and submission.call.closes_at <= at
    addable = closed and submission.status in operations.ADDABLE and not submission.recorded_by_desk
    open_until = None
    if addable:
        live = submission.late_openings.filter(closes_at__gt=at).order_by("-closes_at").values_list("closes_at", flat=True)
        open_until = live.first()
    return {"proposals": sent, "may_be_opened": addable, "open_until": open_until}


def open_it(submission, data, *, by, at):
    """Ask a second person to open for additions what the form says; the form, with its errors where it cannot be taken."""
    form = LateOpeningForm(data, prefix="open_late")
    if form.is_valid():
        day = form.cleaned_data["last_day"] + timedelta(days=1)
        until = datetime.combine(day, time.min, tzinfo=submission.call.forum.zone)
        reason = form.cleaned_data["reason"]
        operations.ask_late(submission, at=at, closes_at=until, reason=reason)
        asking.ask_for_late_opening(submission, closes_at=until, reason=reason, by=by, at=at)
    return form
