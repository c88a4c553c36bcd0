"""The parts of this floor and of the one below, in the order in which erasure goes through them."""

from accreditation.personal import accounts, audit, calendar, procedures, records, taking_part

__all__ = ["accounts", "audit", "calendar", "procedures", "records", "taking_part"]
