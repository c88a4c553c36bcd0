"""Verbs of an input's life, in the order it lives: drafting, filing, submitting, scanning, reviewing, publishing."""

from .amending import AMENDABLE, amend
from .correcting import correct_closings
from .drafting import Conflict, discard, revise, start
from .filing import attach, detach
from .open_data import make_due_open_data, make_open_data
from .printing import ask_receipt, print_receipts
from .printing_inputs import ask_input, print_inputs
from .publishing import publish, take_down
from .recording import record_on_behalf
from .reminding import remind_unsent
from .reviewing import accept, add_note, ask_for_clarification, decline, record_review, reopen, take_up
from .scanning import scan_documents, scan_waiting
from .submitting import submit
from .withdrawing import reinstate, withdraw

__all__ = [
    "AMENDABLE",
    "Conflict",
    "accept",
    "add_note",
    "amend",
    "ask_for_clarification",
    "ask_input",
    "ask_receipt",
    "attach",
    "correct_closings",
    "decline",
    "detach",
    "discard",
    "make_due_open_data",
    "make_open_data",
    "print_inputs",
    "print_receipts",
    "publish",
    "record_on_behalf",
    "record_review",
    "reinstate",
    "remind_unsent",
    "reopen",
    "revise",
    "scan_documents",
    "scan_waiting",
    "start",
    "submit",
    "take_down",
    "take_up",
    "withdraw",
]
