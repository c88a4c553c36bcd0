"""The first floor's kinds of letters, one file a matter."""

from accreditation.letter_kinds import (  # noqa: F401 - each registers its kinds
    accounts,
    applying,
    claims_and_joining,
    membership,
    non_objection,
    participation,
    tokens,
)
from accreditation.letter_kinds.samples import sample_organisation, sample_person

__all__ = ["sample_organisation", "sample_person"]
