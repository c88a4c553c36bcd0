"""Who: people, the organisations they act for, the registers, accreditation on each basis, and who takes part."""

from .accreditation import Accreditation, AccreditationStep
from .api_token import ApiAnswer, ApiToken
from .application import Answer, Enquiry, EvidenceFile, Reading
from .audit import AuditEntry, AuditSeal
from .basis import Basis, BasisPoint
from .desk import Absence, DeskScope
from .letter_of_accreditation import LetterOfAccreditation
from .letters_choice import AccreditationLettersChoice, SpeakingLettersChoice, SupportLettersChoice
from .membership import Invitation, Membership
from .names import FormerAddress, Merge, OrganisationName, Resemblance
from .non_objection import ListDocument, ListLine, NonObjectionList, NonObjectionListStep, Objection
from .organisation import Organisation
from .participation import (
    Registration,
    Representative,
    SpeakerRelease,
    SpeakingRequest,
    SpeakingRequestStep,
    SupportRequest,
    SupportRequestStep,
)
from .personal import Erasure, PersonalArchive
from .register import Register, RegisterEntry, RegisterImport, RegisterName, RegisterTouch
from .terms import ForumTerms
from .user import User

__all__ = [
    "Absence",
    "Accreditation",
    "AccreditationLettersChoice",
    "AccreditationStep",
    "Answer",
    "ApiAnswer",
    "ApiToken",
    "AuditEntry",
    "AuditSeal",
    "Basis",
    "BasisPoint",
    "DeskScope",
    "Enquiry",
    "Erasure",
    "EvidenceFile",
    "FormerAddress",
    "ForumTerms",
    "Invitation",
    "LetterOfAccreditation",
    "ListDocument",
    "ListLine",
    "Membership",
    "Merge",
    "NonObjectionList",
    "NonObjectionListStep",
    "Objection",
    "Organisation",
    "OrganisationName",
    "PersonalArchive",
    "Reading",
    "Register",
    "RegisterEntry",
    "RegisterImport",
    "RegisterName",
    "RegisterTouch",
    "Registration",
    "Representative",
    "Resemblance",
    "SpeakerRelease",
    "SpeakingLettersChoice",
    "SpeakingRequest",
    "SpeakingRequestStep",
    "SupportLettersChoice",
    "SupportRequest",
    "SupportRequestStep",
    "User",
]
