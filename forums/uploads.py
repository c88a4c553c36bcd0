"""What files are taken: size, type, name. A file's own bytes and its extension must tell the same type. Pure.

The table of all types of files is loaded with the first picture.
"""

import hashlib
import re
import unicodedata
import uuid
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused

OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    ".pdf": "application/pdf",
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{OFFICE}.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".rtf": "application/rtf",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
ZIPPED = {
    ".docx": "word/document.xml",
    ".xlsx": "xl/workbook.xml",
    ".pptx": "ppt/presentation.xml",
    ".odt": "content.xml",
    ".ods": "content.xml",
}
OPEN_DOCUMENT = (".odt", ".ods")
MACRO = re.compile(r"vbaproject\.bin$|(^|/)activex/|^(basic|scripts)/.*\.(xml|xlb|py|js|bsh)$", re.IGNORECASE)
RTF_OBJECT = re.compile(rb"\\\s*obj(data|emb|link|autlink|update|html|ocx)", re.IGNORECASE)
OTHER_FILE = re.compile(rb"<|^(GIF8|PK|MZ|\x7fELF|\x89PNG|\xff\xd8|Rar!|7z|#!|{\\rtf)")  # before the head of a PDF
MOST_UNPACKED = 300 * 1024 * 1024
MOST_MEMBERS = 5000
PICTURES = (".png", ".jpg", ".jpeg")
MOST_PIXELS = 60_000_000


@dataclass(frozen=True)
class Upload:
    name: str
    stored_name: str
    size: int
    media_type: str
    sha256: str


def look_at(file, *, folder, types=tuple(TYPES)) -> Upload:
    """Read an uploaded file once and say what it is; raises Refused with what, the limit and the remedy.

    `types` are the extensions taken; `folder` is where it is stored, under a name of the server's own.
    """
    name = clean_name(file.name)
    if file.size == 0:
        raise Refused(_("“%(name)s” is empty. Choose the file again, or save it anew and try once more.") % {"name": name})
    if file.size > settings.UPLOAD_MOST_BYTES:
        raise Refused(
            _("“%(name)s” has %(size)s; a file may have at most %(most)s. Make it smaller or split it.")
            % {
                "name": name,
                "size": filesizeformat(file.size),
                "most": filesizeformat(settings.UPLOAD_MOST_BYTES),
            }
        )
    extension = PurePosixPath(name).suffix.lower()
    if extension not in types or not _tells_the_same(file, extension):
        raise Refused(
            _("“%(name)s” is not one of the files taken here: %(types)s. Save it as one of these and try again.")
            % {"name": name, "types": ", ".join(sorted({key.lstrip(".").upper() for key in types}))}
        )
    if extension in PICTURES and not 0 < _pixels(file, extension) <= MOST_PIXELS:
        raise Refused(
            _("“%(name)s” has too many pixels, or is damaged. Save it smaller (at most %(most)d megapixels) and try again.")
            % {"name": name, "most": MOST_PIXELS // 1_000_000}
        )
    if _holds_a_program(file, extension):
        raise Refused(
            _(
                "“%(name)s” holds a macro or an embedded object, in which a program could hide. "
                "Save it without and try again."
            )
            % {"name": name}
        )
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    stored = f"{folder}/{uuid.uuid4().hex}{extension}"
    return Upload(name, stored, file.size, TYPES[extension], digest.hexdigest())


def clean_name(name: str) -> str:
    """A file name fit to be shown: no path, no control or direction marks, not longer than 120 characters."""
    name = unicodedata.normalize("NFC", name or "").replace("\\", "/").rpartition("/")[2]
    name = "".join(sign for sign in name if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    stem, dot, extension = name.rstrip(" .").rpartition(".")
    if not dot:
        return name.strip(" .")[:120] or "file"
    return f"{stem.strip(' .')[:110].rstrip(' .') or 'file'}.{extension[:9]}"  # of a name of marks alone the kind is left


def _tells_the_same(file, extension) -> bool:
    file.seek(0)
    head = file.read(4096)
    if extension in (".csv", ".txt"):
        return _is_text(file)
    if extension in ZIPPED:
        return head[:4] == b"PK\x03\x04" and _is_office(file, extension)
    if extension == ".rtf":
        return head.startswith(b"{\\rtf")
    if extension == ".pdf":
        before, found, _after = head[:1024].partition(b"%PDF-")
        return bool(found) and not OTHER_FILE.search(before)
    import puremagic

    try:
        found = {match.mime_type for match in puremagic.magic_string(head)}
    except puremagic.PureError:  # it knows no such type
        return False
    return TYPES[extension] in found


def _pixels(file, extension) -> int:
    """How many pixels a picture says it has, read from its head without decoding it; 0 where it does not say."""
    file.seek(0)
    head = file.read(512 * 1024)
    if extension == ".png":
        return int.from_bytes(head[16:20], "big") * int.from_bytes(head[20:24], "big") if head[12:16] == b"IHDR" else 0
    place = 2
    while place + 9 <= len(head) and head[place] == 0xFF:
        kind = head[place + 1]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(head[place + 5 : place + 7], "big") * int.from_bytes(head[place + 7 : place + 9], "big")
        place += 1 if kind == 0xFF else 2 + int.from_bytes(head[place + 2 : place + 4], "big")
    return 0


def _is_text(file) -> bool:
    file.seek(0)
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return "\x00" not in text


def _is_office(file, extension) -> bool:
    """A zip of the right kind, with sane names and an unpacked size that is no trap."""
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
        entries = archive.infolist()
        if extension in OPEN_DOCUMENT and _mimetype(archive) != TYPES[extension]:
            return False
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, KeyError, RuntimeError, zlib.error):
        return False
    names = {entry.filename for entry in entries}
    return (
        ZIPPED[extension] in names
        and len(entries) <= MOST_MEMBERS
        and sum(entry.file_size for entry in entries) <= MOST_UNPACKED
        and not any(_leads_out(entry) for entry in entries)
    )


def _leads_out(entry) -> bool:
    """Whether a member would lie outside its folder, or is a link to somewhere else."""
    parts = entry.filename.replace("\\", "/").split("/")
    is_link = entry.external_attr >> 28 == 0xA
    return is_link or parts[0] == "" or ".." in parts or ":" in parts[0]


def _mimetype(archive) -> str:
    """What an OpenDocument file says it is, in its first member; no more is unpacked than such a name is long."""
    with archive.open("mimetype") as member:
        return member.read(100).decode().strip()


def _holds_a_program(file, extension) -> bool:
    """Whether a document carries macros, controls or, in RTF, any embedded object; who reads it needs none of these."""
    file.seek(0)
    if extension == ".rtf":
        return RTF_OBJECT.search(file.read()) is not None
    if extension in ZIPPED:
        return any(MACRO.search(entry.filename) for entry in zipfile.ZipFile(file).infolist())
    return False
