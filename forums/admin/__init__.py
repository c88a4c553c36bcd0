"""The desk's rooms of this app, one file a room."""

from forums.admin import calls, documents, forums, letters, milestones, vocabularies

__all__ = ["calls", "documents", "forums", "letters", "milestones", "vocabularies"]
