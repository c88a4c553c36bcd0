"""The ZIP of everything published, written row by row, so that its size costs no memory."""

import csv
import json
import zipfile
from hashlib import sha256
from io import RawIOBase, TextIOWrapper

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from forums.models import Forum
from submissions import licences, publication
from submissions.describing import described
from submissions.open_data.package import CODES, package_of
from submissions.open_data.rows import COLUMNS, cell, cells, row_of
from submissions.search.vocabulary import vocabulary

CHUNK = 500
CODED = ("kind", "basis", "level", "forum", "objective", "round_table", "country", "region", "language")


class Measured(RawIOBase):
    """A member of the archive that knows its size and checksum once it is written."""

    def __init__(self, member):
        self.member, self.size, self.hash = member, 0, sha256()

    def writable(self):
        return True

    def write(self, content):
        self.size += len(content)
        self.hash.update(content)
        return self.member.write(content)


def write_archive(file, inputs, *, at) -> tuple[dict, int]:
    """Write everything into an open binary file; returns datapackage.json and how many inputs there are."""
    with translation.override("en"), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        words = vocabulary(Forum.objects.all())
        parts = {}
        count = _member(archive, parts, "inputs.csv", at, lambda text: _csv(text, inputs, words))
        _member(archive, parts, "inputs.json", at, lambda text: _json(text, inputs, words))
        _member(archive, parts, "codes.csv", at, _codes)
        home = settings.SITE_URL + reverse("submissions:open_data")
        package = package_of(parts, at=at, home=home, count=count)
        described = json.dumps(package, ensure_ascii=False, indent=1)
        _member(archive, parts, "datapackage.json", at, lambda text: text.write(described))
        _member(archive, parts, "LICENCE.txt", at, lambda text: text.write(_licence()))
        sums = "".join(f"{checksum}  {name}\n" for name, (_size, checksum) in parts.items())
        _member(archive, parts, "SHA256SUMS", at, lambda text: text.write(sums))
    return {**package, "members": [[name, *measured] for name, measured in parts.items()]}, count


def _member(archive, parts, name, at, write):
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    with archive.open(entry, "w", force_zip64=True) as member:
        measured = Measured(member)
        text = TextIOWrapper(measured, encoding="utf-8", newline="")
        result = write(text)
        text.flush()
        text.detach()
    parts[name] = (measured.size, measured.hash.hexdigest())
    return result


def _csv(text, inputs, words):
    lines, count = csv.writer(text), 0
    lines.writerow([column.name for column in COLUMNS])
    for published in publication.with_version(inputs).lean().iterator(CHUNK):
        lines.writerow(cells(row_of(described(published, words))))
        count += 1
    return count


def _json(text, inputs, words):
    between = "[\n"
    for published in publication.with_version(inputs).select_related("version").defer("vector").iterator(CHUNK):
        content = publication.public_content(published)
        whole = {**row_of(described(published, words)), **_texts(content)}
        text.write(between + json.dumps(whole, ensure_ascii=False))
        between = ",\n"
    text.write("[]\n" if between == "[\n" else "\n]\n")


def _texts(content):
    """What is written; the answers are those that were promised to be public."""
    answers = [{name: one[name] for name in ("key", "question", "answer")} for one in content["answers"]]
    return {"summary": content["summary"], "answers": answers, "text": content["text"]}


def _codes(text):
    lines = csv.writer(text)
    lines.writerow([name for name, _says in CODES])
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            words = vocabulary(Forum.objects.all()).words
            lines.writerows(
                [field, cell(code), language, cell(word)] for field in CODED for code, word in words[field].items()
            )


def _licence():
    return (
        f"Metadata (everything but summary and text): {licences.METADATA_NAME}, {licences.METADATA_URL}\n"
        f"Summary and text: {licences.OF_TEXTS}\n"
    )
