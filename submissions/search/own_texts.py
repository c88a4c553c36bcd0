"""What the text of an input says of the words, where neither its title nor its excerpt has them: asked for one page."""

import json
import re

from django.db import connection

from submissions import public_form, publication

SIGNS = re.compile(r"[#*]|^ *(?:[-+>]|\d+[.)]) ", re.MULTILINE)
# Columns by hand, as in passages.py. Keys come from a statement before: what was taken down since is left out here.
TEXTS = """
SELECT shown.submission_id, shown.language, version.content, version.changes FROM submissions_publishedinput shown
JOIN submissions_version version ON version.id = shown.version_id
WHERE shown.id = ANY (%s) AND shown.taken_down_at IS NULL
"""


def own_texts(inputs, marks, hits) -> dict:
    """Submission -> an excerpt of its public text around the words; of inputs that no file and no line answers for.

    One statement; none where every line says by itself why it was found.
    """
    silent = [row.pk for row in inputs if row.submission_id not in hits and not _says(row, marks)]
    if not silent:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(TEXTS, [silent])
        found = {
            submission: marks.around(_text_of(json.loads(content), json.loads(changes)), language)
            for submission, language, content, changes in cursor.fetchall()
        }
    return {key: text for key, text in found.items() if text}


def _says(row, marks):
    return marks.stand_in(row.title, row.language) or marks.stand_in(row.excerpt, row.language)


def _text_of(content, changes):
    """As everybody may read it, in one line and without the signs that make headings and lists of it."""
    words = publication.public_words(public_form.shown(content, changes))
    return " ".join(SIGNS.sub(" ", f"{words['summary']}\n{words['text']}").split())
