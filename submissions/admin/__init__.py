"""The desk's rooms of this app, one file a room."""

from submissions.admin import (
    audit,
    batches,
    form_templates,
    form_versions,
    inputs,
    joint,
    proposals,
    published,
    questions,
    queue,
    recordings,
    translations,
    uses,
)

__all__ = [
    "audit",
    "batches",
    "form_templates",
    "form_versions",
    "inputs",
    "joint",
    "proposals",
    "published",
    "questions",
    "queue",
    "recordings",
    "translations",
    "uses",
]
