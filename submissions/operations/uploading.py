"""Files that are sent in pieces: begun, gone on with after a cut from wherever the server stands, finished once."""

import hashlib
import tempfile
from datetime import timedelta
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from submissions.models import Upload
from submissions.operations.filing import ask_for_room, attach, hold_writable
from submissions.operations.reopened import ask_whether_files_may_come
from submissions.uploads import PIECE, TYPES, clean_name

MOST_UNDER_WAY = 10  # of one person, over all their drafts
KEPT = timedelta(days=1)  # an upload that nobody goes on with; and the answer about a finished one
IN_MEMORY = 2 * 1024 * 1024


class Elsewhere(Refused):
    """A piece does not follow what is there; `arrived` says from where to go on."""

    def __init__(self, arrived):
        super().__init__(_("Part of the file is missing. Choose the file again: sending goes on where it stopped."))
        self.arrived = arrived


@transaction.atomic
def begin_upload(submission, *, name, size, mark, by, at):
    """Begin to take in a file of that size, or go on with the one begun; returns the Upload, which says what arrived.

    Refused before a byte has travelled: for its size, its kind, one file too many, too many bytes together.
    """
    name, kept = clean_name(name), hold_writable(submission)
    same = {"name": name, "size": size, "mark": mark}
    if begun := kept.uploads.under_way().filter(by=by, **same).first():
        return begun
    ask_whether_files_may_come(kept)
    _ask_about(name, size)
    ask_for_room(kept, name, size)
    if Upload.objects.under_way().filter(by=by).count() >= MOST_UNDER_WAY:
        raise Refused(_("You have begun to send too many files. Finish or cancel some of them first."))
    return Upload.objects.create(submission=kept, by=by, begun_at=at, touched_at=at, **same)


def _ask_about(name, size):
    if size <= 0:
        raise Refused(_("“%(name)s” is empty. Choose the file again, or save it anew and try once more.") % {"name": name})
    if size > settings.UPLOAD_MOST_BYTES:
        raise Refused(
            _("“%(name)s” has %(size)s; a file may have at most %(most)s. Make it smaller or split it.")
            % {"name": name, "size": filesizeformat(size), "most": filesizeformat(settings.UPLOAD_MOST_BYTES)}
        )
    if PurePosixPath(name).suffix.lower() not in TYPES:
        raise Refused(
            _("“%(name)s” is not one of the files taken here: %(types)s. Save it as one of these and try again.")
            % {"name": name, "types": ", ".join(sorted({key.lstrip(".").upper() for key in TYPES}))}
        )


@transaction.atomic
def add_piece(upload, *, offset, content, at):
    """Keep one piece; returns how many bytes are there now. The same piece sent twice changes nothing.

    Raises Elsewhere when it does not follow what is there, or differs from what stands at its place.
    """
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.attachment_id:
        return upload.size
    digest = hashlib.sha256(content).hexdigest()
    if offset < upload.arrived:
        if upload.pieces.filter(offset=offset, sha256=digest).exists():
            return upload.arrived
        raise Elsewhere(upload.arrived)
    if offset > upload.arrived or not 0 < len(content) <= min(PIECE, upload.size - offset):
        raise Elsewhere(upload.arrived)
    upload.pieces.create(offset=offset, content=content, sha256=digest)
    upload.arrived, upload.touched_at = offset + len(content), at
    upload.save(update_fields=["arrived", "touched_at"])
    return upload.arrived


def finish_upload(upload, *, by, at):
    """Make a file of the draft out of the pieces; returns the Attachment, the same one when asked again.

    A file that is not taken raises Refused, and its pieces go: choosing it again begins anew. Nothing is held while the
    file is looked at; a process that dies between storing and marking is asked again and finds the file there.
    """
    upload = Upload.objects.select_related("attachment", "submission").get(pk=upload.pk)
    if upload.attachment:
        return upload.attachment
    if upload.arrived != upload.size:
        raise Elsewhere(upload.arrived)
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as whole:
        for key in list(upload.pieces.values_list("pk", flat=True)):  # one piece in memory at a time
            whole.write(upload.pieces.get(pk=key).content)
        whole.seek(0)
        file = File(whole, name=upload.name)
        file.size = upload.size
        try:
            attachment = attach(upload.submission, file, by=by, at=at)
        except Refused:
            cancel_upload(upload)
            raise
    _mark_finished(upload, attachment, at=at)
    return attachment


@transaction.atomic
def _mark_finished(upload, attachment, *, at):
    upload = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if upload is None or upload.attachment_id:
        return
    upload.pieces.all().delete()
    if Upload.objects.filter(attachment=attachment).exists():  # the same file came a second time
        upload.delete()
    else:
        upload.attachment, upload.touched_at = attachment, at
        upload.save(update_fields=["attachment", "touched_at"])


@transaction.atomic
def cancel_upload(upload):
    """Forget what arrived of a file. One that is a file of the draft already stays; taking it out is another thing."""
    Upload.objects.under_way().filter(pk=upload.pk).delete()


def clear_uploads(*, at, most=200) -> int:
    """Forget uploads with which nobody went on for a day, and answers about finished ones; returns how many."""
    old = list(Upload.objects.filter(touched_at__lte=at - KEPT).values_list("pk", flat=True)[:most])
    Upload.objects.filter(pk__in=old, touched_at__lte=at - KEPT).delete()
    return len(old)
