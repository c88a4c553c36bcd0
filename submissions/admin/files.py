"""Files on the desk: a clean one is handed out as a download, and each handing out is written down."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from submissions.models import Submission
from submissions.views.own import TONES, kind_of


def lines_of(submission, version, attachments, oversees) -> list:
    """The files that a sent version names. Of one that is not clean, only those who oversee the reviews learn the name."""
    there = {str(file.pk): file for file in attachments}
    lines = []
    for named in version.content["files"]:
        file = there.get(named["id"])
        if file is None:
            continue
        shown = file.is_clean or oversees
        lines.append(
            {
                "name": file.name if shown else "",
                "kind": kind_of(file.name) if shown else "",
                "size": file.size,
                "sha256": file.sha256 if shown else "",
                "word": file.get_verdict_display(),
                "tone": TONES[file.verdict],
                "note": file.verdict_note if oversees else "",
                "url": reverse("admin:submissions_submission_file", args=[submission.pk, file.pk]) if file.is_clean else "",
            }
        )
    return lines


def desk_file(room, request, pk, file):
    """The bytes of a clean file that a sent version names, as a download; anything else is a missing page.

    Who took it is written into the log of the admin.
    """
    if not room.has_view_permission(request):
        raise PermissionDenied
    submission = get_object_or_404(Submission.objects.visible_to(request.user), pk=pk)
    attachment = get_object_or_404(submission.attachments, pk=file)
    sent = submission.versions.filter(content__files__contains=[{"id": str(file)}]).exists()
    if not (sent and attachment.is_clean):
        raise Http404
    try:
        stream = attachment.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    room.log_change(request, submission, _("Downloaded the file “%(name)s”.") % {"name": attachment.name})
    return FileResponse(stream, as_attachment=True, filename=attachment.name, content_type=attachment.media_type)
