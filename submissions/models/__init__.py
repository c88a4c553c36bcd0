"""What: inputs as they are drafted, the versions that were sent, their files, review, and what the public sees."""

from .assignment import Assignment, AssignmentRule, AutomaticAssignment
from .attachment import Attachment
from .background_note import BackgroundNote, NoteVersion
from .call_letter import CallLetter
from .clarification import Clarification
from .co_sponsor import CoSponsor, CoSponsorStep
from .compilation import Compilation, CompilationFile
from .conflict import Conflict
from .cowriting import DraftChange, DraftNote
from .decision_round import DecisionLine, DecisionRound
from .extract import Extract, ExtractPage, Hazard, Hidden
from .facet_bits import FacetBits
from .findable import FiledSign, Findable
from .following import InputsFollowing, ToldInput
from .form_template import CallForm, FormTemplate, FormVersion, Question, Section
from .input_translation import InputTranslation
from .inputs_archive import InputsArchive
from .letters_choice import LettersChoice, ProposalLettersChoice
from .open_data import OpenData
from .passage import KnownWord, Passage
from .preview import FilePreview
from .printed_input import PrintedInput
from .printed_receipt import PrintedReceipt
from .proposal import LateOpening, Proposal, ProposalStep
from .publicity_request import PublicityRequest
from .published import FormerlyPublished, PublishedInput
from .queue_choice import QueueChoice, SavedView
from .recording import RecordedFile, Recording, RecordingBatch
from .redaction import Reclassification, Redaction
from .related_inputs import RelatedInputs
from .review import Mention, Note, Review
from .searched_names import SearchedNames
from .sketch import Likeness, Sketch
from .submission import Ground, Submission, SubmissionStep
from .upload import Upload, UploadPiece
from .use import Use
from .version import Act, Version

__all__ = [
    "Act",
    "Assignment",
    "AssignmentRule",
    "Attachment",
    "AutomaticAssignment",
    "BackgroundNote",
    "CallForm",
    "CallLetter",
    "Clarification",
    "CoSponsor",
    "CoSponsorStep",
    "Compilation",
    "CompilationFile",
    "Conflict",
    "DecisionLine",
    "DecisionRound",
    "DraftChange",
    "DraftNote",
    "Extract",
    "ExtractPage",
    "FacetBits",
    "FilePreview",
    "FiledSign",
    "Findable",
    "FormTemplate",
    "FormVersion",
    "FormerlyPublished",
    "Ground",
    "Hazard",
    "Hidden",
    "InputTranslation",
    "InputsArchive",
    "InputsFollowing",
    "KnownWord",
    "LateOpening",
    "LettersChoice",
    "Likeness",
    "Mention",
    "Note",
    "NoteVersion",
    "OpenData",
    "Passage",
    "PrintedInput",
    "PrintedReceipt",
    "Proposal",
    "ProposalLettersChoice",
    "ProposalStep",
    "PublicityRequest",
    "PublishedInput",
    "Question",
    "QueueChoice",
    "Reclassification",
    "RecordedFile",
    "Recording",
    "RecordingBatch",
    "Redaction",
    "RelatedInputs",
    "Review",
    "SavedView",
    "SearchedNames",
    "Section",
    "Sketch",
    "Submission",
    "SubmissionStep",
    "ToldInput",
    "Upload",
    "UploadPiece",
    "Use",
    "Version",
]
