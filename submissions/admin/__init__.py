"""The desk's rooms of this app, one file a room."""

from submissions.admin import inputs, proposals, published, queue

__all__ = ["inputs", "proposals", "published", "queue"]
