"""Languages of an official document: an address where it is read, or a file that the portal keeps."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.models import DocumentFile
from forums.refusals import Refused
from forums.uploads import look_at

FOLDER = "documents"
TYPES = (".pdf", ".docx")
Verdict = DocumentFile.Verdict


def keep_language(entry, *, file=None):
    """Store one language of a document, as an address or as a file; returns it.

    The bytes are on the disk before the row that names them commits, and those of a former file go once it has. A file
    is in quarantine until the scanner called it clean; its address stays the same when a newer one takes its place.
    """
    upload = look_at(file, folder=FOLDER, types=TYPES) if file else None
    ask_where_it_is(entry, upload)
    with transaction.atomic():
        former = DocumentFile.objects.select_for_update().filter(pk=entry.pk).first() if entry.pk else None
        if upload and not (former and former.file and former.sha256 == upload.sha256):
            entry.file.name = entry.file.storage.save(upload.stored_name, file)
            entry.size, entry.sha256 = upload.size, upload.sha256
            entry.verdict, entry.verdict_note, entry.scan_tries = Verdict.WAITING, "", 0
        elif former:
            entry.file = former.file.name
        if entry.url:
            entry.file, entry.size, entry.sha256 = "", None, ""
        entry.save()
        if former and former.file and former.file.name != entry.file.name:
            transaction.on_commit(lambda: former.file.storage.delete(former.file.name))
    return entry


def ask_where_it_is(entry, file):
    """Raise Refused unless it is an address or a file, one of the two."""
    if entry.url and not entry.url.startswith(("http://", "https://")):
        raise Refused(_("Give an address that begins with https:// or http://: everybody must be able to open it."))
    if entry.url and file:
        raise Refused(_("Give an address or a file, not both: two copies of one document would soon differ."))
    if not entry.url and not file and not entry.file:
        raise Refused(_("Give the address where this language is read, or a file."))
