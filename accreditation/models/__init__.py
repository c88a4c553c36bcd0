"""Who: people, the organisations they act for, the registers, and accreditation on each basis."""

from .accreditation import Accreditation, AccreditationStep
from .basis import Basis
from .organisation import Membership, Organisation
from .register import Register, RegisterEntry
from .user import User

__all__ = [
    "Accreditation",
    "AccreditationStep",
    "Basis",
    "Membership",
    "Organisation",
    "Register",
    "RegisterEntry",
    "User",
]
