"""The desk's rooms of this app, one file a room."""

from submissions.admin import inputs, published, queue, recordings

__all__ = ["inputs", "published", "queue", "recordings"]
