"""Which files of an input nobody is given: those that were redacted, and what says the same in another form or language.

Covered are the same bytes, translations of one another as their author named them, and files whose words are the same or
nearly so (a PDF made of the DOCX). A scan without words, or a file of another input, cannot be recognised: docs/desk.md.
"""

from submissions.alike import share_of, sketch_of, words_in
from submissions.models import ExtractPage, Version
from submissions.parts import FILE

ALIKE = 0.8  # of the shingles: the same text with other page heads and line ends
PAGES = 100


def keys_of(submission) -> set:
    """The keys of the files of an input that nobody is given."""
    return _keys(submission.versions)


def every_key() -> set:
    """The same of all inputs; what is shown otherwise is found by an index of its own."""
    return _keys(Version.objects)


def _keys(versions) -> set:
    every = versions.exclude(changes={}).values_list("changes", flat=True)
    return {key for changes in every for key in changes.get("withheld", ())}


def sums_of(submission, redactions) -> set:
    """The checksums of all bytes that the redactions of files cover; no statement where none is of a file."""
    keys = {one.part.removeprefix(FILE) for one in redactions if one.part.startswith(FILE)}
    if not keys:
        return set()
    files = list(submission.attachments.only("pk", "sha256", "translates"))
    return {file.sha256 for file in _covered(files, keys, _Words(files))}


def _covered(files, keys, words) -> list:
    """The files of these keys and all that say the same, found again from each that was found."""
    found, fresh = {}, [file for file in files if str(file.pk) in keys]
    while fresh:
        found |= {file.pk: file for file in fresh}
        fresh = [file for file in files if file.pk not in found and any(_same(file, one, words) for one in fresh)]
    return list(found.values())


def _same(file, other, words) -> bool:
    if file.sha256 == other.sha256:
        return True
    ours, theirs = {file.pk, file.translates_id}, {other.pk, other.translates_id}
    return bool(ours & theirs - {None}) or words.alike(file, other)


class _Words:
    """The words of the first pages of each file, read in one statement when they are first needed."""

    def __init__(self, files):
        self.files, self.read, self.sketches = files, None, {}

    def alike(self, file, other) -> bool:
        one, two = self._of(file), self._of(other)
        if not one or not two:
            return False
        if one == two:
            return True
        return share_of(self._sketch(file, one), self._sketch(other, two)) >= ALIKE

    def _of(self, file) -> str:
        if self.read is None:
            pages = ExtractPage.objects.filter(extract__attachment__in=[each.pk for each in self.files], number__lte=PAGES)
            self.read = {}
            for key, text in pages.order_by("extract", "number").values_list("extract__attachment", "text"):
                self.read[key] = f"{self.read.get(key, '')} {text}"
            self.read = {key: " ".join(words_in(text)) for key, text in self.read.items()}
        return self.read.get(file.pk, "")

    def _sketch(self, file, words) -> list:
        if file.pk not in self.sketches:
            self.sketches[file.pk] = sketch_of(words)
        return self.sketches[file.pk]
