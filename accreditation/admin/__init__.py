"""The desk's rooms of this app, one file a room."""

from accreditation.admin import accreditations, organisations, people, registers

__all__ = ["accreditations", "organisations", "people", "registers"]
