"""The board: every duty of every forum, who answers for it, what is told to whom and when, what was told. Reading only."""

from .reading import MOST_TOLD, courses, staff
from .rows import OPEN

__all__ = ["MOST_TOLD", "OPEN", "courses", "staff"]
