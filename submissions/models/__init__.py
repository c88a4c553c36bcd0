"""What: inputs as they are drafted, the versions that were sent, their files, review, and what the public sees."""

from .attachment import Attachment
from .clarification import Clarification
from .co_sponsor import CoSponsor, CoSponsorStep
from .cowriting import DraftChange, DraftNote
from .extract import Extract, ExtractPage, Hazard, Hidden
from .form_template import CallForm, FormTemplate, FormVersion, Question, Section
from .input_translation import InputTranslation
from .inputs_archive import InputsArchive
from .open_data import OpenData
from .printed_input import PrintedInput
from .printed_receipt import PrintedReceipt
from .proposal import LateOpening, Proposal, ProposalStep
from .publicity_request import PublicityRequest
from .published import FormerlyPublished, PublishedInput
from .recording import RecordedFile, Recording, RecordingBatch
from .review import Note, Review
from .submission import Submission, SubmissionStep
from .upload import Upload, UploadPiece
from .use import Use
from .version import Act, Version

__all__ = [
    "Act",
    "Attachment",
    "CallForm",
    "Clarification",
    "CoSponsor",
    "CoSponsorStep",
    "DraftChange",
    "DraftNote",
    "Extract",
    "ExtractPage",
    "FormTemplate",
    "FormVersion",
    "FormerlyPublished",
    "Hazard",
    "Hidden",
    "InputTranslation",
    "InputsArchive",
    "LateOpening",
    "Note",
    "OpenData",
    "PrintedInput",
    "PrintedReceipt",
    "Proposal",
    "ProposalStep",
    "PublicityRequest",
    "PublishedInput",
    "Question",
    "RecordedFile",
    "Recording",
    "RecordingBatch",
    "Review",
    "Section",
    "Submission",
    "SubmissionStep",
    "Upload",
    "UploadPiece",
    "Use",
    "Version",
]
