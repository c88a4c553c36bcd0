"""The desk's rooms of this app, one file a room."""

from submissions.admin import (
    assignment_rules,
    background_notes,
    batches,
    call_letters,
    compilations,
    conflicts,
    form_templates,
    form_versions,
    inputs,
    joint,
    proposals,
    published,
    questions,
    queue,
    recordings,
)
from submissions.admin.deciding import rounds

__all__ = [
    "assignment_rules",
    "background_notes",
    "batches",
    "call_letters",
    "compilations",
    "conflicts",
    "form_templates",
    "form_versions",
    "inputs",
    "joint",
    "proposals",
    "published",
    "questions",
    "queue",
    "recordings",
    "rounds",
]
