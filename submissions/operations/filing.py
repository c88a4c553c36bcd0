"""Files of an input: taken in at once, kept in quarantine, taken out of a draft again."""

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from submissions.extracting import parent
from submissions.models import Attachment, Submission
from submissions.operations.reopened import ask_whether_file_opened, ask_whether_files_may_come
from submissions.uploads import extension_of, look_at

PICTURES = ("image/png", "image/jpeg")


def attach(submission, file, *, by, at, language=""):
    """Store a file with a draft; it stays unread by anybody until a scanner called it clean.

    The bytes are on the disk before the row that names them commits. The same file chosen twice is kept once. Raises
    Refused for a file that is not taken, one too many, or too many bytes together. A picture is kept without anything
    but its pixels: the place where it was taken never reaches the store.
    """
    upload = look_at(file)
    if upload.media_type in PICTURES:
        file, upload = drawn_anew(file, upload)
    with transaction.atomic():
        kept = hold_writable(submission)
        there = kept.attachments.kept()
        if same := there.filter(sha256=upload.sha256).first():
            return same
        ask_whether_files_may_come(kept)
        ask_for_room(kept, upload.name, upload.size)
        attachment = Attachment(
            submission=kept,
            name=upload.name,
            size=upload.size,
            media_type=upload.media_type,
            sha256=upload.sha256,
            language=language,
            added_by=by,
            added_at=at,
        )
        attachment.file.name = attachment.file.storage.save(upload.stored_name, file)
        attachment.save()
        return attachment


def drawn_anew(file, upload):
    """The same picture in a file of our own making, drawn by a child process; what cannot be drawn is refused."""
    try:
        _said, raw = parent.run("clean", extension_of(upload.media_type), file)
    except parent.Failed as why:
        raise Refused(
            _("“%(name)s” is damaged or too large a picture to be opened. Save it anew, or smaller, and try once more.")
            % {"name": upload.name}
        ) from why
    fresh = ContentFile(raw, name=upload.name)
    return fresh, look_at(fresh)


def hold_writable(submission):
    """The input, held until the transaction ends; Refused once it was sent."""
    kept = Submission.objects.select_for_update(of=("self",)).select_related("call").get(pk=submission.pk)
    if not kept.is_writable:
        raise Refused(_("This input was sent and takes no more files. Ask the desk to ask you back."))
    return kept


def ask_for_room(kept, name, size):
    """Whether the call takes one more file of that size; raises Refused with what to do."""
    there, most = kept.attachments.kept(), min(kept.call.most_files, settings.UPLOAD_MOST_FILES)
    if there.count() >= most:
        raise Refused(
            _("This call takes at most %(most)d files. Take one out before you add “%(name)s”.")
            % {"most": most, "name": name}
        )
    together = (there.aggregate(bytes=Sum("size"))["bytes"] or 0) + size
    if together > kept.call.most_bytes:
        raise Refused(
            _("With “%(name)s” the files would have %(size)s together; this call takes at most %(most)s. Make one smaller.")
            % {"name": name, "size": filesizeformat(together), "most": filesizeformat(kept.call.most_bytes)}
        )


@transaction.atomic
def detach(attachment, *, by, at):
    """Take a file out of a draft. A file that a sent version names stays stored with that version."""
    kept = Submission.objects.select_for_update().get(pk=attachment.submission_id)
    if not kept.is_writable:
        raise Refused(_("This input was sent; its files cannot be taken out now."))
    ask_whether_file_opened(kept, attachment)
    Attachment.objects.kept().filter(pk=attachment.pk).update(removed_at=at)
    kept.attachments.filter(translates=attachment).update(translates=None, translation="")


@transaction.atomic
def describe(attachment, *, by, at, language, translates=None, translation=""):
    """Say in which language a file of a draft is and of which other file it is a translation, official or not.

    Raises Refused for a translation of itself, of a translation, or of a file of another input.
    """
    kept = hold_writable(attachment.submission)
    file = kept.attachments.kept().get(pk=attachment.pk)
    ask_whether_file_opened(kept, file)
    if translates is not None:
        other = kept.attachments.kept().filter(pk=translates.pk, translates=None).exclude(pk=file.pk).first()
        if other is None or kept.attachments.kept().filter(translates=file).exists():
            raise Refused(
                _("“%(name)s” can be a translation only of an original of this input. Choose the original.")
                % {"name": file.name}
            )
    if translates is not None and not translation:
        raise Refused(_("Say whether “%(name)s” is an official translation.") % {"name": file.name})
    file.language, file.translates, file.translation = language, translates, translation if translates else ""
    file.save(update_fields=["language", "translates", "translation"])
    return file
