"""Reading files in a child process: their text, what they hide, what they could do; taking the last two out of a draft's."""

import copy
import time
import uuid

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from submissions.extracting import parent
from submissions.models import Attachment, Extract, Hazard, Redaction, Version
from submissions.operations.filing import hold_writable
from submissions.operations.receiving import hold
from submissions.operations.reopened import ask_whether_file_opened
from submissions.operations.showing_anew import show_anew
from submissions.operations.showing_files import hold_input_of, show_files_anew
from submissions.parts import FILE
from submissions.uploads import extension_of, look_at

MOST_TRIES = 2  # a file that kills its reader twice is marked and holds up no other
SECONDS = 45  # of one sweep; what is left is found by the next
REMOVED = {Hazard.SCRIPT, Hazard.EMBEDDED, Hazard.OPENING, Hazard.SENDING, Hazard.XFA, Hazard.MEDIA, Hazard.LOCKED}
HOLDING = {*REMOVED, Hazard.ENCRYPTED, Hazard.LAUNCH, Hazard.OUTSIDE, Hazard.UNREADABLE} - {Hazard.LOCKED}
REFUSED = {Hazard.ENCRYPTED, Hazard.LAUNCH}
KEPT = ("pages", "words", "language", "has_text", "is_tagged", "is_whole", "hidden")
NOBODY_READS = {"hazards": [Hazard.UNREADABLE.value]}


def read_waiting(*, at, most=50) -> int:
    """Read files that were not read yet, those tried least often first; returns how many are done with.

    No row is held while the child works, so nobody who saves or sends waits for it.
    """
    done, end = 0, time.monotonic() + SECONDS
    for pk in list(Attachment.objects.to_read().order_by("read_tries", "added_at").values_list("pk", flat=True)[:most]):
        if time.monotonic() > end:
            break
        with one_at_a_time(pk) as mine:
            file = Attachment.objects.to_read().select_related("submission").filter(pk=pk).first() if mine else None
            done += bool(file and read(file, at=at))
    return done


class one_at_a_time:
    """Whether no other worker reads this file now; PostgreSQL forgets it with the connection of a worker that died."""

    def __init__(self, pk):
        self.key = pk.int & 0x7FFF_FFFF_FFFF_FFFF

    def __enter__(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [self.key])
            self.mine = cursor.fetchone()[0]
        return self.mine

    def __exit__(self, *_why):
        if self.mine and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [self.key])


def read(file, *, at) -> bool:
    """One try. What a PDF in a draft could do is taken out of it; one that was sent stays as it is and is held."""
    Attachment.objects.filter(pk=file.pk).update(read_tries=file.read_tries + 1)
    try:
        found, _none = _run("read", file)
    except (parent.Failed, OSError):
        if file.read_tries + 1 < MOST_TRIES:
            return False
        return keep(file, NOBODY_READS, at=at, state=Attachment.Reading.FAILED)
    if file.media_type == "application/pdf" and _is_to_be_cleaned(file, set(found["hazards"])):
        try:
            return _disarm(file, at=at)
        except (parent.Failed, OSError, Refused):
            pass  # held as it is: a person looks at it, or its author takes it out
    return keep(file, found, at=at)


def _run(act, file):
    with file.file.open("rb") as stream:
        return parent.run(act, extension_of(file.media_type), stream)


def _is_to_be_cleaned(file, hazards) -> bool:
    """A signature would not survive it; what was sent never changes."""
    return bool(hazards & REMOVED) and not hazards & {*REFUSED, Hazard.SIGNED} and file.submission.is_writable


def _disarm(file, *, at) -> bool:
    said, raw = _run("harmless", file)
    fresh = replace(file, raw, at=at, cleaned_of=said["cleaned_of"])
    found, _none = _run("read", fresh)
    return keep(fresh, found, at=at)


@transaction.atomic
def replace(file, raw, *, at, cleaned_of=()):
    """Give a file of a draft other bytes, which wait for the scanner anew; returns the row that has them.

    A row that a sent version names stays with it, and another takes its place. Raises Refused when it was sent meanwhile.
    """
    draft = hold_writable(file.submission)
    ask_whether_file_opened(draft, file)
    file = Attachment.objects.kept().select_for_update().filter(pk=file.pk, sha256=file.sha256).first()
    if file is None:
        raise Refused(_("The file changed meanwhile. Look at the list of files again."))
    content = ContentFile(raw, name=file.name)
    upload, store, old = look_at(content), file.file.storage, file.file.name
    fresh = _instead_of(file, at=at) if _was_sent(file) else file
    fresh.submission = draft
    fresh.file.name = store.save(upload.stored_name, content)
    fresh.size, fresh.sha256 = upload.size, upload.sha256
    fresh.verdict, fresh.verdict_note, fresh.scanned_at, fresh.scan_tries = Attachment.Verdict.WAITING, "", None, 0
    fresh.reading, fresh.read_tries, fresh.is_held = Attachment.Reading.WAITING, 0, False
    fresh.cleaned_of = sorted({*fresh.cleaned_of, *cleaned_of})
    fresh.save()
    Extract.objects.filter(attachment=fresh).delete()
    if not Attachment.objects.filter(file=old).exists():
        transaction.on_commit(lambda: store.delete(old))
    return fresh


def _was_sent(file) -> bool:
    return Version.objects.filter(submission=file.submission_id, content__files__contains=[{"id": str(file.pk)}]).exists()


def _instead_of(file, *, at):
    fresh = copy.copy(file)
    fresh.pk, fresh._state = uuid.uuid4(), copy.copy(file._state)
    fresh._state.adding = True
    Attachment.objects.filter(pk=file.pk).update(removed_at=at)
    fresh.save(force_insert=True)
    Attachment.objects.kept().filter(translates=file).update(translates=fresh)
    return fresh


@transaction.atomic
def keep(file, found, *, at, state=Attachment.Reading.READ) -> bool:
    """Keep what was found about these very bytes; nothing when they are others by now.

    The search of a public input knows it from now on; what says the same as a file that was redacted is given to nobody.
    """
    redacted = Redaction.objects.filter(submission=file.submission_id, lifted_at=None, part__startswith=FILE).exists()
    held = hold(file.submission_id) if redacted else None
    if held is None:
        hold_input_of(file)
    row = Attachment.objects.select_for_update().filter(pk=file.pk, sha256=file.sha256).first()
    if row is None:
        return False
    hazards = sorted(found["hazards"])
    row.reading, row.pages = state, found.get("pages")
    row.is_held = bool(HOLDING & set(hazards)) and row.released_at is None
    row.language = row.language or found.get("language", "")
    row.save(update_fields=["reading", "pages", "is_held", "language"])
    about = {name: found[name] for name in KEPT if name in found}
    Extract.objects.filter(attachment=row).delete()
    extract = Extract.objects.create(attachment=row, sha256=row.sha256, read_at=at, hazards=hazards, **about)
    texts = enumerate(found.get("texts", ()), start=1)
    extract.texts.bulk_create([extract.texts.model(extract=extract, number=n, text=text) for n, text in texts if text])
    if held is not None:
        show_anew(held, at=at)
    else:
        show_files_anew(row.submission_id, at=at)
    return True


def remove_hidden(file, *, by, at):
    """Take authors, programs, comments and places out of a file of a draft; returns the row that has the new bytes.

    Raises Refused for what was sent, and where it cannot be done, with what the author can do.
    """
    with transaction.atomic():
        ask_whether_file_opened(hold_writable(file.submission), file)  # asked before the work, and again when it is stored
    try:
        _said, raw = _run("clean", file)
    except (parent.Failed, OSError) as why:
        raise Refused(
            _("The hidden details of “%(name)s” could not be removed here. Save it without them in your own program.")
            % {"name": file.name}
        ) from why
    return replace(file, raw, at=at)
