"""Whether a colleague has the review page of an input open: said on the page, and again to its script."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from submissions import presence
from submissions.admin.particulars import opened
from submissions.permissions import sees_reviewers


def here_too(request, submission, *, pinged=False) -> dict:
    """How many colleagues have it open; who, only for those who may know who reviews what."""
    names = presence.others_at(submission.pk, request.user, at=now(), pinged=pinged)
    return {"colleagues": len(names), "named": names if sees_reviewers(request.user) else []}


def presence_view(room, request, pk):
    """The script of the page posts from time to time that it is open, and when it is left. Answers a part of the page."""
    return _noted(request, room, pk)


@require_POST
def _noted(request, room, pk):
    submission = opened(room, request, pk)
    if "leave" in request.POST:
        presence.leave(submission.pk, request.user, at=now())
        return HttpResponse(status=204)
    here = here_too(request, submission, pinged=True)
    return HttpResponse(render_to_string("admin/submissions/submission/_presence.html", here, request))
