"""What lies in the archive of an organisation's inputs: texts, contents, receipts, files, and a list of all with SHA-256."""

import csv
import hashlib
import io
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accreditation.personal.archive_file import safe_name
from forums.cells import cell_of
from submissions.models import PrintedReceipt, Submission
from submissions.questions.showing import sent_answers
from submissions.receipts import canonical

BLOCK = 1024 * 1024
HEADER = ("path", "sha256", "bytes", "reference", "version", "what", "note")


class Folder:
    """A ZIP being written; what is put into it is noted for the manifest."""

    def __init__(self, archive):
        self.archive, self.lines = archive, []

    def put(self, path, blocks, *, of, what, number=""):
        """Write the blocks under this path; returns nothing, notes path, SHA-256 and size."""
        digest, size = hashlib.sha256(), 0
        with self.archive.open(path, "w", force_zip64=True) as target:
            for block in blocks:
                digest.update(block)
                size += len(block)
                target.write(block)
        self.lines.append((path, digest.hexdigest(), size, of, number, what, ""))

    def lacks(self, name, *, of, what, note, number=""):
        """Note what is not in it, and why."""
        self.lines.append((name, "", "", of, number, what, note))

    def close(self):
        """Write the manifest, in UTF-8 with its mark; no cell of it is taken for a formula."""
        written = io.StringIO()
        csv.writer(written).writerows([cell_of(cell) for cell in line] for line in (HEADER, *self.lines))
        self.archive.writestr("manifest.csv", "\ufeff" + written.getvalue())


def write_archive(organisation, target, *, language):
    """Write the ZIP into a file that is open for writing."""
    inputs = Submission.objects.filter(organisation=organisation).select_related("call__forum", "organisation")
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        folder = Folder(archive)
        for submission in inputs.order_by("begun_at", "pk").iterator(chunk_size=50):
            _put_input(folder, submission, language)
        folder.close()


def _put_input(folder, submission, language):
    place = submission.reference or f"draft-{submission.pk}"
    versions = list(submission.versions.order_by("number"))
    if not versions or submission.is_writable:
        about = {"submission": submission, "forum": submission.call.forum}
        text = render_to_string("submissions/participant/download.txt", about).strip() + "\n"
        folder.put(f"{place}/draft.txt", [text.encode()], of=place, what=_("Draft as it stands"))
    for version in versions:
        _put_version(folder, place, version, language)
    for count, file in enumerate(submission.attachments.order_by("added_at", "pk"), 1):
        _put_file(folder, place, file, count)


def _put_version(folder, place, version, language):
    within = {"of": place, "number": version.number}
    start = f"{place}/version-{version.number}"
    folder.put(f"{start}.json", [canonical(version.content)], what=_("Content under the receipt"), **within)
    folder.put(f"{start}.txt", [text_of(version).encode()], what=_("Text"), **within)
    receipt = PrintedReceipt.objects.filter(version=version, language=language).first()
    name = f"{place}/receipt-{version.number}-{language}.pdf"
    if receipt is None or not receipt.file:
        folder.lacks(name, what=_("Receipt"), note=receipt.trouble if receipt else _("It is not printed."), **within)
        return
    _copy(folder, name, receipt.file, what=_("Receipt"), **within)


def text_of(version) -> str:
    """A version as plain text: title, summary, text, and what it was sent under."""
    content = version.content
    lines = [version.symbol, content["sent_at"], content["organisation"], "", content["title"], "", content["summary"]]
    for answer in sent_answers(content):
        lines += ["", answer.label, "", answer.plain]
    return "\n".join([*lines, "", content["text"], "", f"SHA-256 {version.sha256}"]) + "\n"


def _put_file(folder, place, file, count):
    name = f"{place}/files/{count}-{safe_name(file.name)}"
    if not file.is_clean:
        folder.lacks(name, of=place, what=_("File"), note=str(file.get_verdict_display()))
        return
    _copy(folder, name, file.file, of=place, what=_("File"))


def _copy(folder, name, file, *, of, what, number=""):
    try:
        stream = file.open("rb")
    except FileNotFoundError:
        folder.lacks(name, of=of, what=what, note=_("Its bytes are not there."), number=number)
        return
    with stream:
        folder.put(name, iter(lambda: stream.read(BLOCK), b""), of=of, what=what, number=number)
