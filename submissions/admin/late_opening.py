"""On the review page: what is proposed beside the input, and opening it for additions after its call has closed."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.admin.confirming import Confirmation, Pressed
from forums.admin.decisions import Words
from submissions import operations
from submissions.admin.deciding import asking
from submissions.admin.hanging import proposals_of
from submissions.operations.deciding import OPENINGS

DAY = forms.DateInput(attrs={"type": "date"})


class LateOpeningForm(Words):
    last_day = forms.DateField(label=_("Takes additions until the end of this day, in the zone of the forum"), widget=DAY)
    reason = forms.CharField(
        label=_("Reason (the author reads it)"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def until(self, zone):
        """The first moment that is outside."""
        return datetime.combine(self.cleaned_data["last_day"] + timedelta(days=1), time.min, tzinfo=zone)


def beside(submission, at) -> dict:
    """Corrections and additions that were sent, whether it can be opened for additions, and until when it is open."""
    closed = submission.call.closes_at is not None and submission.call.closes_at <= at
    addable = closed and submission.status in operations.ADDABLE and not submission.recorded_by_desk
    open_until = None
    if addable:
        live = submission.late_openings.filter(closes_at__gt=at).order_by("-closes_at").values_list("closes_at", flat=True)
        open_until = live.first()
    return {"proposals": proposals_of(submission), "may_be_opened": addable, "open_until": open_until}


class Opening(Confirmation):
    """The letters are shown to who asks; they go out, in the words decided on here, once a second person agrees."""

    def done(self, letters=operations.AS_WRITTEN):
        operations.ask_late(self.thing, at=self.at, **self.words)
        asking.ask_for_late_opening(self.thing, **self.words, letters=letters, by=self.request.user, at=self.at)


def open_it(room, request, submission, form):
    """The page with the letters, or None once a second person is asked. Raises Refused as the opening does."""
    words = {"closes_at": form.until(submission.call.forum.zone), "reason": form.cleaned_data["reason"]}
    pressed, about = Pressed(_("Open it"), operations.open_late), {"named": submission.reference}
    return Opening(room, request, submission, pressed, words, OPENINGS, **about).carry_out()
