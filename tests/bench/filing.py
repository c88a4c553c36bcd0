"""Files whose text is kept for the search, so that a search has passages to look through: one beside every third input.

The first ones are made of the texts of their inputs by the functions that the portal uses; copies of inputs get copies. They
are not named in the versions: the page of an input stays as long as it was.
"""

from django.utils.timezone import now

from submissions.models import Attachment, Extract, Passage, PublishedInput
from submissions.operations.showing_files import pieces
from submissions.search.indexing import passage_vector

EVERY = 3
PDF = "application/pdf"


def file_some(forum):
    """Beside every third published input that has none, in the order in which they were published."""
    texts = PublishedInput.objects.filter(forum=forum, taken_down_at=None).order_by("pk")
    texts = list(texts.values_list("submission_id", "language", "version__content__text"))[::EVERY]
    with_file = set(Passage.objects.values_list("submission_id", flat=True))
    bare = [row for row in texts if row[0] not in with_file]
    files = Attachment.objects.bulk_create(_file(submission) for submission, _language, _text in bare)
    extracts = Extract.objects.bulk_create(
        Extract(attachment=file, sha256=file.sha256, read_at=file.added_at, pages=9, words=300, has_text=True)
        for file in files
    )
    passages = [
        Passage(submission_id=submission, extract=extract, page=place, place=place, language=language, text=piece,
                vector=passage_vector(piece, language))
        for (submission, language, text), extract in zip(bare, extracts, strict=True)
        for place, piece in enumerate(pieces(text), start=1)
    ]  # fmt: skip
    Passage.objects.bulk_create(passages, batch_size=200)


def _file(submission):
    read = {"verdict": Attachment.Verdict.CLEAN, "reading": Attachment.Reading.READ, "added_at": now()}
    return Attachment(
        submission_id=submission, name="report.pdf", file=f"attachments/{submission}", size=90_000, media_type=PDF,
        sha256="0" * 64, pages=9, **read,
    )  # fmt: skip
