"""Verbs of an input's life, in the order it lives: drafting, filing, submitting, scanning, reviewing, publishing."""

from .amending import AMENDABLE, amend
from .correcting import correct_closings
from .drafting import Conflict, discard, renew_form, revise, start
from .filing import attach, detach
from .form_templates import begin_version, copy_form, move_question, publish_form, take_out
from .printing import ask_receipt, print_receipts
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
    "ask_receipt",
    "attach",
    "begin_version",
    "copy_form",
    "correct_closings",
    "decline",
    "detach",
    "discard",
    "move_question",
    "print_receipts",
    "publish",
    "publish_form",
    "record_on_behalf",
    "record_review",
    "reinstate",
    "remind_unsent",
    "renew_form",
    "reopen",
    "revise",
    "scan_documents",
    "scan_waiting",
    "start",
    "submit",
    "take_down",
    "take_out",
    "take_up",
    "withdraw",
]
