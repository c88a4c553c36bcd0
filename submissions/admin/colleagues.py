"""Who can be named in a note on an input: offered while one types, and as a page of its own for whoever has no script."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forums.typed import without_control
from submissions import permissions
from submissions.admin.particulars import opened
from submissions.mentions import offered

LONGEST = 60


def colleagues_page(room, request, pk):
    return _answered(request, room, pk)


@require_safe
def _answered(request, room, pk):
    """Names of colleagues who may see the input; as JSON where `q` asks for those with these words in their name."""
    submission = opened(room, request, pk)
    if not permissions.may_note(request.user, submission):
        raise PermissionDenied
    words = without_control(request.GET.get("q", ""))[:LONGEST].strip()
    names = [str(person) for person in offered(submission, words, besides=request.user)]
    if "q" in request.GET:
        return JsonResponse({"names": names}, headers={"Cache-Control": "no-store, private"})
    context = {
        **room.admin_site.each_context(request),
        "title": _("Colleagues who can be named in a note"),
        "opts": room.opts,
        "submission": submission,
        "back": reverse("admin:submissions_submission_change", args=[submission.pk]),
        "names": names,
    }
    return TemplateResponse(request, "admin/submissions/submission/colleagues.html", context)
