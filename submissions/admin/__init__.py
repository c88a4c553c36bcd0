"""The desk's rooms of this app, one file a room."""

from submissions.admin import form_templates, form_versions, inputs, published, questions, queue

__all__ = ["form_templates", "form_versions", "inputs", "published", "questions", "queue"]
