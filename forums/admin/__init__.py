"""The desk's rooms of this app, one file a room."""

from forums.admin import (
    calls,
    documents,
    followers,
    forums,
    letters,
    milestones,
    page_counts,
    programme,
    reviews,
    rules,
    second_person,
    vocabularies,
    wordings,
)

__all__ = [
    "calls",
    "documents",
    "followers",
    "forums",
    "letters",
    "milestones",
    "page_counts",
    "programme",
    "reviews",
    "rules",
    "second_person",
    "vocabularies",
    "wordings",
]
