"""Files on the desk: a clean one is handed out as a download, and each handing out is written down."""

from functools import partial

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject, Left
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation.operations.reading import note_reading
from submissions import permissions
from submissions.models import ExtractPage, FilePreview, Submission
from submissions.sealed_words import redactions_of, without_sealed
from submissions.views.details import details_of, extracts_of, state_of
from submissions.views.own import in_groups, kind_of
from submissions.views.serving import HARMLESS, hand_out
from submissions.withheld import keys_of

PAGES_SHOWN, MOST_SHOWN = 3, 3000  # signs of a page


def lines_of(submission, version, attachments, oversees) -> list:
    """The files that a sent version names. Of one that is not clean, only those who oversee the reviews learn the name."""
    named = {file["id"] for file in version.content["files"]}
    files = [file for file in attachments if str(file.pk) in named]
    extracts, lines, gone = extracts_of(files), [], set(version.changes.get("withheld", ()))
    redactions = redactions_of(submission) if files and version.changes else []
    for file in in_groups(files):
        key, (word, tone) = str(file.pk), state_of(file)
        shown = (file.is_clean or oversees) and key not in gone
        may = file.is_servable and (key not in gone or oversees)
        url = reverse("admin:submissions_submission_file", args=[submission.pk, key]) if may else ""
        lines.append(
            {
                "pk": file.pk,
                "language_code": file.language,
                "name": file.name if shown else name_of_redacted() if key in gone else "",
                "kind": kind_of(file.name) if shown else "",
                "size": file.size,
                "sha256": file.sha256 if shown else "",
                "word": word,
                "tone": tone,
                "language": file.get_language_display(),
                "translation_word": file.get_translation_display(),
                "note": note_of(file, is_gone=key in gone, oversees=oversees),
                "url": url,
                **pages_of(submission, file, "" if key in gone else url, redactions),
                **(details_of(file, extracts.get(file.pk)) if shown else {}),
            }
        )
    return lines


def name_of_redacted() -> str:
    """What stands in place of the name of a file that was redacted: the name may be what nobody should read."""
    return _("A file that is redacted")


def note_of(file, *, is_gone, oversees) -> str:
    if is_gone:
        return _("Redacted: the public does not get it.")
    return file.verdict_note if oversees else ""


def with_pages(attachments):
    """With `texts` and `drawn`: the words of the first pages, and which were drawn; in the statement of the files."""
    pages = ExtractPage.objects.filter(extract__attachment=OuterRef("pk"), number__lte=PAGES_SHOWN).order_by("number")
    words = pages.values(shape=JSONObject(number="number", text=Left("text", MOST_SHOWN)))
    drawn = FilePreview.objects.filter(attachment=OuterRef("pk"), sha256=OuterRef("sha256")).order_by("page")
    return attachments.annotate(texts=ArraySubquery(words), drawn=ArraySubquery(drawn.values("page")))


def pages_of(submission, file, url, redactions=()) -> dict:
    """Pictures and words of the first pages of a file that may be handed out, without what is redacted of the input."""
    if not (url and hasattr(file, "texts")):
        return {"text": (), "pictures": ()}
    place = partial(reverse, "admin:submissions_submission_preview")
    return {
        "text": [(page["number"], without_sealed(page["text"], redactions)) for page in file.texts],
        "pictures": [(number, place(args=[submission.pk, file.pk, number])) for number in file.drawn],
    }


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
    name = attachment.name
    if str(file) in keys_of(submission):  # the original is sealed: who reads it is noted before the first byte
        name = name_of_redacted()
        if not permissions.may_publish(request.user, submission):
            raise Http404
        note_reading("original", attachment, by=request.user, at=now(), reason=submission.reference, label=name)
    room.log_change(request, submission, _("Downloaded the file “%(name)s”.") % {"name": name})
    return hand_out(request, attachment, plain_name=submission.reference)


def preview(room, request, pk, file, page):
    """The picture of a page of a clean file, to whoever may read the input at the desk; a redacted file has none."""
    if not room.has_view_permission(request):
        raise PermissionDenied
    submission = get_object_or_404(Submission.objects.visible_to(request.user), pk=pk)
    if str(file) in keys_of(submission):
        raise Http404
    servable = submission.attachments.servable()
    sent = submission.versions.filter(content__files__contains=[{"id": str(file)}]).exists()
    drawn = FilePreview.objects.filter(attachment__in=servable, attachment=file, sha256=F("attachment__sha256"))
    found = drawn.filter(page=page).first() if sent else None
    if found is None:
        raise Http404
    return HttpResponse(bytes(found.picture), content_type="image/jpeg", headers=HARMLESS)
