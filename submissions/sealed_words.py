"""What is redacted of an input, taken out of texts that are no version: working texts, letters, words of its files.

Versions have what is shown beside them (submissions/public_form.py). Reads; changes nothing.
"""

from math import inf
from types import SimpleNamespace

from django.db.models import Prefetch

from submissions.models import Redaction
from submissions.parts import FILE
from submissions.public_form import changes_of, mark_of, parts_of, shown, without

NOTHING = {"title": "", "summary": "", "text": "", "language": "", "answers": [], "files": []}
SHORTEST = 3  # signs of a whole part that is looked for in running text


def with_redactions(way="redactions"):
    """For rows that lead to inputs: their redactions in one statement for all."""
    rows = Redaction.objects.filter(lifted_at=None).select_related("version")
    return Prefetch(way, queryset=rows, to_attr="redactions_now")


def redactions_of(submission) -> list:
    """Those that stand, oldest first; one statement for each object, none for a draft that was never sent."""
    if submission._state.adding or submission.reference is None:
        return []
    if not hasattr(submission, "redactions_now"):
        submission.redactions_now = list(submission.redactions.filter(lifted_at=None).select_related("version"))
    return submission.redactions_now


def in_hand(content, redactions, *, withheld=()) -> dict:
    """A content that was not sent, as it would be shown if it were: passages are marked, and parts left as they were."""
    whole = {**NOTHING, **content}
    return shown(whole, changes_of(SimpleNamespace(number=inf, content=whole), (), redactions, withheld=withheld))


def title_of(submission) -> str:
    """Its title as everybody but its author reads it."""
    redactions = redactions_of(submission.amends or submission) if submission.title else []
    if not redactions:
        return submission.title
    return in_hand({"title": submission.title, "language": submission.language}, redactions)["title"]


def without_sealed(text, redactions) -> str:
    """A text that tells of an input, such as a letter, with marks in place of what is redacted of it."""
    for redaction in redactions:
        words = redaction.passage or _whole(redaction)
        if len(words) >= SHORTEST:
            text = without(text, words, mark_of(redaction, redaction.version.content["language"]))
    return text


def _whole(redaction) -> str:
    """What a redacted part said, or how a redacted file was called."""
    content = redaction.version.content
    if redaction.part.startswith(FILE):
        return next((file["name"] for file in content["files"] if f"{FILE}{file['id']}" == redaction.part), "")
    said = parts_of(content).get(redaction.part, "")
    return said if isinstance(said, str) else ""
