"""What files an input may have; what a file is, is told downstairs (forums/uploads.py). Pure."""

from forums import uploads
from forums.uploads import TYPES, Upload, clean_name

FOLDER = "attachments"
PIECE = 1024 * 1024  # of a file that is sent in pieces

__all__ = ["FOLDER", "PIECE", "TYPES", "Upload", "clean_name", "extension_of", "look_at"]


def look_at(file) -> Upload:
    """Read an uploaded file once and say what it is; raises Refused with what, the limit and the remedy."""
    return uploads.look_at(file, folder=FOLDER)


def extension_of(media_type) -> str:
    """The extension of a kind of file that is taken."""
    return next(extension for extension, known in TYPES.items() if known == media_type)
