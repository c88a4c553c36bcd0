"""Files on the desk: a clean one is handed out as a download, and each handing out is written down."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from submissions.models import Submission
from submissions.views.details import details_of, extracts_of, state_of
from submissions.views.own import in_groups, kind_of
from submissions.views.serving import hand_out


def lines_of(submission, version, attachments, oversees) -> list:
    """The files that a sent version names. Of one that is not clean, only those who oversee the reviews learn the name."""
    named = {file["id"] for file in version.content["files"]}
    files = [file for file in attachments if str(file.pk) in named]
    extracts, lines = extracts_of(files), []
    for file in in_groups(files):
        shown = file.is_clean or oversees
        word, tone = state_of(file)
        lines.append(
            {
                "name": file.name if shown else "",
                "kind": kind_of(file.name) if shown else "",
                "size": file.size,
                "sha256": file.sha256 if shown else "",
                "word": word,
                "tone": tone,
                "language": file.get_language_display(),
                "translation_word": file.get_translation_display(),
                "note": file.verdict_note if oversees else "",
                "url": reverse("admin:submissions_submission_file", args=[submission.pk, file.pk])
                if file.is_servable
                else "",
                **(details_of(file, extracts.get(file.pk)) if shown else {}),
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
    if not (sent and attachment.is_servable):
        raise Http404
    room.log_change(request, submission, _("Downloaded the file “%(name)s”.") % {"name": attachment.name})
    return hand_out(request, attachment, plain_name=submission.reference)
