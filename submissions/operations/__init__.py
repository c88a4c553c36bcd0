"""Verbs of an input's life, in the order it lives: drafting, filing, submitting, scanning, reviewing, publishing."""

from .amending import AMENDABLE, amend
from .correcting import correct_closings
from .cowriting import forget_cowriting, leave_note, settle_note, tell_of_notes
from .drafting import Conflict, discard, put_back, revise, start
from .filing import attach, detach
from .printing import ask_receipt, print_receipts
from .proposing import ADDABLE, add, ask_whether_open_for_additions, correct, take_back
from .publishing import publish, take_down
from .recording import record_on_behalf
from .reminding import remind_unsent
from .reviewing import accept, add_note, ask_for_clarification, decline, record_review, reopen, take_up
from .scanning import scan_documents, scan_waiting
from .settling import approve, open_late, refuse, stop_showing
from .submitting import submit
from .withdrawing import reinstate, withdraw

__all__ = [
    "ADDABLE",
    "AMENDABLE",
    "Conflict",
    "accept",
    "add",
    "add_note",
    "amend",
    "approve",
    "ask_for_clarification",
    "ask_receipt",
    "ask_whether_open_for_additions",
    "attach",
    "correct",
    "correct_closings",
    "decline",
    "detach",
    "discard",
    "forget_cowriting",
    "leave_note",
    "open_late",
    "print_receipts",
    "publish",
    "put_back",
    "record_on_behalf",
    "record_review",
    "refuse",
    "reinstate",
    "remind_unsent",
    "reopen",
    "revise",
    "scan_documents",
    "scan_waiting",
    "settle_note",
    "start",
    "stop_showing",
    "submit",
    "take_back",
    "take_down",
    "take_up",
    "tell_of_notes",
    "withdraw",
]
