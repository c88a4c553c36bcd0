"""What the API shows of inputs: every field is named in one of these files; what is not named is not shown."""

from .public import (
    AdditionSerializer,
    FileSerializer,
    InputSerializer,
    OrganisationSerializer,
    StatisticsSerializer,
    VersionSerializer,
    WholeInputSerializer,
    WholeVersionSerializer,
    address_of,
)

__all__ = [
    "AdditionSerializer",
    "FileSerializer",
    "InputSerializer",
    "OrganisationSerializer",
    "StatisticsSerializer",
    "VersionSerializer",
    "WholeInputSerializer",
    "WholeVersionSerializer",
    "address_of",
]
