"""What files an input may have; what a file is, is told downstairs (forums/uploads.py). Pure."""

from forums import uploads
from forums.uploads import TYPES, Upload, clean_name

FOLDER = "attachments"

__all__ = ["FOLDER", "TYPES", "Upload", "clean_name", "look_at"]


def look_at(file) -> Upload:
    """Read an uploaded file once and say what it is; raises Refused with what, the limit and the remedy."""
    return uploads.look_at(file, folder=FOLDER)
