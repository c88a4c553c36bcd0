"""Staging: what the desk typed is kept, with its files, until it is checked and recorded; or set aside."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from submissions.models import Attachment, RecordedFile, Recording
from submissions.receipts import clean
from submissions.uploads import look_at

State = Recording.State
STAGED_FOR = timedelta(days=30)  # how long what was begun and never recorded is kept
TEXTS = ("title", "summary", "text")


def stage(*, key, by, at, about, recording=None, **fields) -> Recording:
    """Keep what was typed, complete or not recorded yet; the same form sent twice (`key`) keeps it once.

    `about` are the particulars of the input; `fields` are columns of Recording. Changes a staged one when it is given.
    """
    about = {name: clean(value) if name in TEXTS else value for name, value in about.items()}
    if recording is not None:
        return _change(recording, about=about, **fields)
    try:
        with transaction.atomic():
            return Recording.objects.create(key=key, by=by, at=at, about=about, **fields)
    except IntegrityError:
        there = Recording.objects.filter(key=key, by=by).first()
        if there is None:
            raise
        return there


@transaction.atomic
def _change(recording, **fields):
    held = _held(recording)
    for name, value in fields.items():
        setattr(held, name, value)
    held.save(update_fields=list(fields))
    return held


def _held(recording) -> Recording:
    """The recording, held until the transaction ends; refused once it is not staged any more."""
    held = Recording.objects.select_for_update().get(pk=recording.pk)
    if held.state != State.STAGED:
        raise Refused(_("This was recorded or set aside meanwhile. Open it again to see what became of it."))
    return held


@transaction.atomic
def add_file(recording, file, *, at) -> RecordedFile:
    """Keep a file with it, as for every input: the same size, types and number; the same bytes are kept once."""
    upload = look_at(file)
    held = _held(recording)
    if same := held.files.filter(sha256=upload.sha256).first():
        return same
    most = min(held.call.most_files, settings.UPLOAD_MOST_FILES)
    if held.files.count() >= most:
        raise Refused(
            _("This call takes at most %(most)d files. Take one out before you add “%(name)s”.")
            % {"most": most, "name": upload.name}
        )
    said = {"name": upload.name, "size": upload.size, "media_type": upload.media_type, "sha256": upload.sha256}
    kept = RecordedFile(recording=held, **said)
    kept.file.name = kept.file.storage.save(upload.stored_name, file)
    kept.save()
    return kept


@transaction.atomic
def take_out(recording, file):
    """Take a file out again; its bytes go once that is certain."""
    _erase_bytes(_held(recording).files.filter(pk=file))


@transaction.atomic
def set_aside(recording):
    """Forget what was typed, with its files: nothing of it was recorded."""
    held = _held(recording)
    _erase_bytes(held.files.all())
    held.delete()


def forget_staged(*, at) -> int:
    """Set aside what was begun long ago and never recorded; returns how many."""
    old = Recording.objects.alone().filter(state=State.STAGED, at__lt=at - STAGED_FOR)
    done = 0
    for recording in list(old[:100]):
        set_aside(recording)
        done += 1
    return done


def _erase_bytes(files):
    gone = {file.file.name: file.file for file in files}
    files.delete()
    for name in Attachment.objects.filter(file__in=gone).values_list("file", flat=True):
        gone.pop(name, None)  # it was recorded: the bytes are the input's now
    transaction.on_commit(lambda: [file.storage.delete(file.name) for file in gone.values()])
