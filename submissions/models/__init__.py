"""What: inputs as they are drafted, the versions that were sent, their files, review, and what the public sees."""

from .attachment import Attachment
from .cowriting import DraftChange, DraftNote
from .printed_receipt import PrintedReceipt
from .proposal import LateOpening, Proposal, ProposalStep
from .published import FormerlyPublished, PublishedInput
from .review import Note, Review
from .submission import Submission, SubmissionStep
from .version import Act, Version

__all__ = [
    "Act",
    "Attachment",
    "DraftChange",
    "DraftNote",
    "FormerlyPublished",
    "LateOpening",
    "Note",
    "PrintedReceipt",
    "Proposal",
    "ProposalStep",
    "PublishedInput",
    "Review",
    "Submission",
    "SubmissionStep",
    "Version",
]
