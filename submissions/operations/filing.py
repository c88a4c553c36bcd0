"""Files of an input: taken in at once, kept in quarantine, taken out of a draft again."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from submissions.models import Attachment, Submission
from submissions.uploads import look_at


def attach(submission, file, *, by, at, language=""):
    """Store a file with a draft; it stays unread by anybody until a scanner called it clean.

    The bytes are on the disk before the row that names them commits. The same file chosen twice is kept once.
    """
    upload = look_at(file)
    with transaction.atomic():
        kept = Submission.objects.select_for_update().get(pk=submission.pk)
        if not kept.is_writable:
            raise Refused(_("This input was sent and takes no more files. Ask the desk to ask you back."))
        there = kept.attachments.kept()
        if same := there.filter(sha256=upload.sha256).first():
            return same
        most = min(kept.call.most_files, settings.UPLOAD_MOST_FILES)
        if there.count() >= most:
            raise Refused(
                _("This call takes at most %(most)d files. Take one out before you add “%(name)s”.")
                % {"most": most, "name": upload.name}
            )
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


@transaction.atomic
def detach(attachment, *, by, at):
    """Take a file out of a draft. A file that a sent version names stays stored with that version."""
    kept = Submission.objects.select_for_update().get(pk=attachment.submission_id)
    if not kept.is_writable:
        raise Refused(_("This input was sent; its files cannot be taken out now."))
    Attachment.objects.kept().filter(pk=attachment.pk).update(removed_at=at)
