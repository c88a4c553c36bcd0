"""Calendar files (RFC 5545): what has an entry, how a zone is described, how a file is put together. Pure over its rows."""

from .entries import entries_of_call, entry_of_days, entry_of_milestone, entry_of_review, entry_of_session
from .entry import Entry
from .file import calendar_file

__all__ = [
    "Entry",
    "calendar_file",
    "entries_of_call",
    "entry_of_days",
    "entry_of_milestone",
    "entry_of_review",
    "entry_of_session",
]
