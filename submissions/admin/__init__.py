"""The desk's rooms of this app, one file a room."""

from submissions.admin import batches, inputs, published, queue, recordings

__all__ = ["batches", "inputs", "published", "queue", "recordings"]
