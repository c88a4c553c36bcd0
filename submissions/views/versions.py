"""Versions as their author sees them: any two of them compared."""

from django.http import Http404
from django.shortcuts import render

from accreditation.entrance import signed_in
from submissions.compared import compared, two_of
from submissions.views.own import own_input


@signed_in
def my_differences(request, pk):
    """What changed between two versions that were sent: in one text or side by side, who sent each and when."""
    submission = own_input(request, pk)
    versions = list(submission.versions.select_related("sent_by").order_by("number"))
    old, new = two_of(versions, request.GET)
    if old is None:
        raise Http404
    people = set(submission.organisation.memberships.values_list("user", flat=True))
    for version in (old, new):
        version.by = version.sent_by if version.sent_by_id in people else None
    context = {
        "submission": submission,
        "forum": submission.call.forum,
        "versions": versions,
        "old": old,
        "new": new,
        "changes": compared(old.content, new.content, submission.call.forum, view=request.GET.get("view", "")),
    }
    return render(request, "submissions/participant/differences.html", context)
