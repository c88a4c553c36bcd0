"""The desk's rooms of this app, one file a room."""

from submissions.admin import (
    background_notes,
    batches,
    call_letters,
    compilations,
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

__all__ = [
    "background_notes",
    "batches",
    "call_letters",
    "compilations",
    "form_templates",
    "form_versions",
    "inputs",
    "joint",
    "proposals",
    "published",
    "questions",
    "queue",
    "recordings",
]
