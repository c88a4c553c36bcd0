"""Beside a draft: who changed which part last, how many notes are open."""

from submissions.models import DraftChange


def last_changes(submission, form) -> list:
    """For the page of a draft: each part with who changed it last and when, in the order of the form. One statement."""
    newest = DraftChange.objects.filter(submission=submission).order_by("part", "-at", "-pk").distinct("part")
    found = {change.part: change for change in newest.select_related("by").defer("before")}
    return [{"label": form.fields[name].label, "change": found[name]} for name in form.fields if name in found]


def open_notes(submission) -> int:
    return submission.draft_notes.filter(resolved_at=None).count()
