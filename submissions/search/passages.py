"""In which document, and on which page of it, the words of a question stand: looked up for the rows of one page."""

from functools import cache

from django.db import connection
from django.urls import reverse

from submissions.models import Attachment
from submissions.search.marking import AROUND
from submissions.search.querying import rank

WITH_PAGES = ("application/pdf", "application/vnd.openxmlformats-officedocument.presentationml.presentation")

# Written by hand: of expressions of Django it takes four milliseconds to put together, half a page of results.
STATEMENT = """
SELECT best.submission_id, best.page, best.language, best.text, best.file, best.name, best.media_type FROM (
    SELECT DISTINCT ON (passage.submission_id) passage.submission_id, passage.page, passage.language, passage.text,
        submissions_attachment.id AS file, submissions_attachment.name, submissions_attachment.media_type
    FROM submissions_passage passage
    JOIN submissions_extract ON submissions_extract.id = passage.extract_id
    JOIN submissions_attachment ON submissions_attachment.id = submissions_extract.attachment_id
    WHERE passage.submission_id = ANY (%s) AND submissions_attachment.submission_id = ANY (%s)
        AND passage.vector @@ %s::tsquery AND {public}
    ORDER BY passage.submission_id, passage.vector @@ %s::tsquery DESC, {rank} DESC, passage.place, passage.id
) best
"""


def hits(inputs, marks) -> dict:
    """Submission -> where its files say it best: name, address and page of the document, and a marked excerpt.

    One statement, of inputs that know whether they have passages (marking.py); none where no text is kept. It reads one
    passage an input, and only of files that everybody may have at this moment.
    """
    named = {row.submission_id: row.reference for row in inputs if row.has_passages}
    if not named:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(*_statement(list(named), marks))
        return {submission: _hit(named[submission], said, marks) for submission, *said in cursor.fetchall()}


def _statement(submissions, marks):
    """The passage of each input that answers all words, else the one that answers most; an early page before a late one."""
    ranked, ranks_given = rank(marks.reading, some=True).written("passage.language", "passage.vector")
    public, asked_of_files = _public()
    some, whole = marks.reading.whole(some=True), marks.reading.whole()
    sql = STATEMENT.format(public=f"({public})", rank=ranked)
    return sql, [submissions, submissions, some, *asked_of_files, whole, *ranks_given]


@cache
def _public():
    """Which files everybody may have, as the one rule for it says."""
    sql, params = Attachment.objects.presentable().order_by().values("pk").query.sql_with_params()
    return sql.partition(" WHERE ")[2], params


def _hit(reference, said, marks):
    page, language, text, file, name, media_type = said
    return {
        "name": name,
        "url": reverse("submissions:file", args=[reference, file]),
        "page": page if media_type in WITH_PAGES else None,
        "text": marks.html(marks.around(text, language) or text[:AROUND], language),
        "language": language,
    }
