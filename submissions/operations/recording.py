"""Inputs that reached the Network otherwise: the desk records them on behalf of their authors, with the source."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from submissions.models import Submission
from submissions.operations.publishing import publish
from submissions.operations.submitting import receive

Status = Submission.Status
NOTE = "Recorded by the desk on behalf of its author."


@transaction.atomic
def record_on_behalf(*, call, organisation, by, at, title, countries=(), regions=(), objectives=(), **fields):
    """Record an input whose author did not use the form, and publish it; returns the Submission.

    Text that the desk does not have stays empty: the page leads to the source. Nobody is written to. `fields` are
    further columns: language, level, summary, text, source_url, source_title, source_seen, title_is_described.
    """
    if not call.recorded_by_desk_only:
        raise Refused(_("The desk records inputs only in a call that is made for that."))
    submission = Submission.objects.create(
        call=call,
        organisation=organisation,
        title=title,
        recorded_by_desk=True,
        begun_by=by,
        begun_at=at,
        saved_at=at,
        **fields,
    )
    submission.countries.set(countries)
    submission.regions.set(regions)
    submission.objectives.set(objectives)
    receive(submission, by=by, at=at, note=NOTE)
    submission.move(Status.UNDER_REVIEW, by=by, at=at, note=NOTE, reviewer=by)
    submission.move(Status.ACCEPTED, by=by, at=at, note=NOTE)
    publish(submission, by=by, at=at)
    submission.steps.update(announced_at=at)
    return submission
