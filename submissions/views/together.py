"""Beside a draft: what its parts are called, who changed which part last, how many notes are open."""

from submissions.models import DraftChange
from submissions.operations.drafting import QUESTION

NO_PARTS = ("edition", "asks")


def parts_in_words(form) -> dict:
    """What each part of a draft is called, in the order of its page: the name of an answer, or the key of a question."""
    parts = {}
    for name, field in form.fields.items():
        question = form.questions.get(name)
        if name not in NO_PARTS:
            parts[f"{QUESTION}{question.key}" if question else name] = field.label
    return parts


def last_changes(submission, form) -> list:
    """For the page of a draft: each part with who changed it last and when, in the order of the form."""
    if submission.changes_read is False:
        return []
    newest = DraftChange.objects.filter(submission=submission).order_by("part", "-at", "-pk").distinct("part")
    found = {change.part: change for change in newest.select_related("by").defer("before")}
    return [{"label": label, "change": found[part]} for part, label in parts_in_words(form).items() if part in found]


def open_notes(submission) -> int:
    if submission.notes_read is not None:
        return submission.notes_read
    return submission.draft_notes.filter(resolved_at=None).count()
