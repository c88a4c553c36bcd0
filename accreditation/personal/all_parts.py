"""The parts of this floor and of the one below, in the order in which erasure goes through them."""

from accreditation.personal import accounts, calendar, procedures, records, taking_part

__all__ = ["accounts", "calendar", "procedures", "records", "taking_part"]
