"""What: inputs as they are drafted, the versions that were sent, their files, review, and what the public sees."""

from .attachment import Attachment
from .clarification import Clarification
from .inputs_archive import InputsArchive
from .printed_receipt import PrintedReceipt
from .published import PublishedInput
from .recording import RecordedFile, Recording, RecordingBatch
from .review import Note, Review
from .submission import Submission, SubmissionStep
from .version import Version

__all__ = [
    "Attachment",
    "Clarification",
    "InputsArchive",
    "Note",
    "PrintedReceipt",
    "PublishedInput",
    "RecordedFile",
    "Recording",
    "RecordingBatch",
    "Review",
    "Submission",
    "SubmissionStep",
    "Version",
]
