"""Rules about the bytes themselves; each reads every stored file, so they are asked only on demand."""

import hashlib

from django.core.files.storage import default_storage

from submissions.models import Attachment

FOLDER = "attachments"


def every_file_has_its_bytes():
    """Every row of a file has its bytes, with the size and the hash that the row says."""
    for file in Attachment.objects.iterator():
        try:
            with file.file.open("rb") as stream:
                same = hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
        except OSError:
            same = False
        if not same:
            yield file.pk


def all_bytes_have_their_row():
    """Nothing lies in the folder of files that no row names."""
    named = set(Attachment.objects.values_list("file", flat=True))
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        if f"{FOLDER}/{name}" not in named:
            yield name


RULES = [every_file_has_its_bytes, all_bytes_have_their_row]
