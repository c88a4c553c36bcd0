"""What: inputs as they are drafted, the versions that were sent, their files, review, and what the public sees."""

from .attachment import Attachment
from .background_note import BackgroundNote, NoteVersion
from .call_letter import CallLetter
from .clarification import Clarification
from .co_sponsor import CoSponsor, CoSponsorStep
from .compilation import Compilation, CompilationFile
from .cowriting import DraftChange, DraftNote
from .extract import Extract, ExtractPage, Hazard, Hidden
from .form_template import CallForm, FormTemplate, FormVersion, Question, Section
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
from .version import Act, Version

__all__ = [
    "Act",
    "Attachment",
    "BackgroundNote",
    "CallForm",
    "CallLetter",
    "Clarification",
    "CoSponsor",
    "CoSponsorStep",
    "Compilation",
    "CompilationFile",
    "DraftChange",
    "DraftNote",
    "Extract",
    "ExtractPage",
    "FormTemplate",
    "FormVersion",
    "FormerlyPublished",
    "Hazard",
    "Hidden",
    "InputsArchive",
    "LateOpening",
    "Note",
    "NoteVersion",
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
    "Version",
]
