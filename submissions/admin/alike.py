"""Inputs that are much like one: found by the sweep, shown only where this person may see them, compared word by word."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from submissions.admin.particulars import opened
from submissions.compared import compared
from submissions.models import Submission
from submissions.public_content import PUBLIC_CONTENT

NEARLY_THE_SAME = 0.8
COMPARED = (*PUBLIC_CONTENT, "principles", "form", "answers")


def likened(submission) -> list:
    """The nearest inputs that were found beside the input (surroundings.with_alike), in words."""
    words = dict(Submission.Status.choices)
    return [
        {
            **row,
            "word": words[row["status"]],
            "percent": round(row["share"] * 100),
            "same": row["share"] >= NEARLY_THE_SAME,
            "url": reverse("admin:submissions_submission_alike", args=[submission.pk, row["input"]]),
        }
        for row in submission.alike
    ]


def alike_page(room, request, pk, other):
    """What differs between the newest versions of two inputs; a missing page where one of them may not be seen."""
    if not room.has_view_permission(request):
        raise PermissionDenied
    this, that = opened(room, request, unquote(str(pk))), opened(room, request, unquote(str(other)))
    versions = [submission.standing_version() for submission in (that, this)]
    if None in versions or this == that:
        raise Http404
    contents = [{name: version.shown[name] for name in COMPARED if name in version.shown} for version in versions]
    old, new = versions
    context = {
        **room.admin_site.each_context(request),
        "title": _("What differs"),
        "is_nav_sidebar_enabled": False,
        "opts": room.opts,
        "submission": this,
        "that": that,
        "back": reverse("admin:submissions_submission_change", args=[this.pk]),
        "that_page": reverse("admin:submissions_submission_change", args=[that.pk]),
        "old": old.symbol,
        "new": new.symbol,
        "changes": compared(*contents, this.call.forum, view=request.GET.get("view", "side")),
    }
    return TemplateResponse(request, "admin/submissions/submission/alike.html", context)
