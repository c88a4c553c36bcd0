"""Rules about the bytes themselves; each reads every stored file, so they are asked only on demand."""

import hashlib
from itertools import chain

from django.core.files.storage import default_storage

from accreditation.models import EvidenceFile, LetterOfAccreditation, ListDocument, PersonalArchive, RegisterImport
from forums.models import DocumentFile
from submissions.models import Attachment, CompilationFile, OpenData, PrintedInput, PrintedReceipt

FOLDERS = {
    "attachments": Attachment,
    "documents": DocumentFile,
    "evidence": EvidenceFile,
    "registers": RegisterImport,
    "lists": ListDocument,
    "letters": LetterOfAccreditation,
    "receipts": PrintedReceipt,
    "inputs": PrintedInput,
    "open-data": OpenData,
    "compilations": CompilationFile,
    "archives": PersonalArchive,
}
HASHED = (
    Attachment,
    DocumentFile,
    EvidenceFile,
    RegisterImport,
    ListDocument,
    LetterOfAccreditation,
    PrintedReceipt,
    PrintedInput,
    OpenData,
    CompilationFile,
)


def every_file_has_its_bytes():
    """Every row of a file has its bytes, with the size and the hash that the row says."""
    for file in chain.from_iterable(files.objects.exclude(file="").iterator() for files in HASHED):
        try:
            with file.file.open("rb") as stream:
                same = hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
        except OSError:
            same = False
        if not same:
            yield file.pk


def all_bytes_have_their_row():
    """Nothing lies in the folders of files that no row names."""
    for folder, files in FOLDERS.items():
        named = set(files.objects.values_list("file", flat=True))
        lying = default_storage.listdir(folder)[1] if default_storage.exists(folder) else []
        yield from (f"{folder}/{name}" for name in lying if f"{folder}/{name}" not in named)


RULES = [every_file_has_its_bytes, all_bytes_have_their_row]
