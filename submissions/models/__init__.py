"""What: inputs as they are drafted, the versions that were sent, their files, review, and what the public sees."""

from .attachment import Attachment
from .open_data import OpenData
from .printed_input import PrintedInput
from .printed_receipt import PrintedReceipt
from .published import PublishedInput
from .review import Note, Review
from .submission import Submission, SubmissionStep
from .version import Version

__all__ = [
    "Attachment",
    "Note",
    "OpenData",
    "PrintedInput",
    "PrintedReceipt",
    "PublishedInput",
    "Review",
    "Submission",
    "SubmissionStep",
    "Version",
]
