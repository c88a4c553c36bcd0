"""Verbs of the non-objection list."""

from .building import add_to_list, begin_list, fitting, freeze, take_off, thaw, write_note
from .circulating import circulate, end_period, end_periods, lift_objection, record_objection
from .deciding import record_list_outcome, release_letters, set_outcomes
from .telling import remind_of_periods

__all__ = [
    "add_to_list",
    "begin_list",
    "circulate",
    "end_period",
    "end_periods",
    "fitting",
    "freeze",
    "lift_objection",
    "record_list_outcome",
    "record_objection",
    "release_letters",
    "remind_of_periods",
    "set_outcomes",
    "take_off",
    "thaw",
    "write_note",
]
