"""Verbs of an input's life, in the order it lives: drafting, filing, submitting, scanning, reviewing, publishing."""

from .amending import AMENDABLE, amend
from .answering import answer
from .correcting import correct_closings
from .cowriting import forget_cowriting, leave_note, settle_note, tell_of_notes
from .drafting import Conflict, discard, put_back, renew_form, revise, start
from .extracting import read_waiting, remove_hidden
from .filing import attach, describe, detach
from .form_templates import begin_version, copy_form, move_question, publish_form, take_out
from .open_data import make_due_open_data, make_open_data
from .printing import ask_receipt, print_receipts
from .printing_inputs import ask_input, print_inputs
from .proposing import ADDABLE, add, ask_whether_open_for_additions, correct, take_back
from .publishing import publish, take_down
from .questions import AnswerConflict, keep_answer, open_question
from .recording import record_on_behalf
from .releasing import release
from .reminding import remind_unsent
from .reviewing import accept, add_note, ask_for_clarification, decline, record_review, reopen, take_up
from .scanning import scan_clean_again, scan_documents, scan_waiting
from .settling import approve, open_late, refuse, stop_showing
from .submitting import submit
from .uploading import Elsewhere, add_piece, begin_upload, cancel_upload, clear_uploads, finish_upload
from .withdrawing import reinstate, withdraw

__all__ = [
    "ADDABLE",
    "AMENDABLE",
    "AnswerConflict",
    "Conflict",
    "Elsewhere",
    "accept",
    "add",
    "add_note",
    "add_piece",
    "amend",
    "answer",
    "approve",
    "ask_for_clarification",
    "ask_input",
    "ask_receipt",
    "ask_whether_open_for_additions",
    "attach",
    "begin_upload",
    "begin_version",
    "cancel_upload",
    "clear_uploads",
    "copy_form",
    "correct",
    "correct_closings",
    "decline",
    "describe",
    "detach",
    "discard",
    "finish_upload",
    "forget_cowriting",
    "keep_answer",
    "leave_note",
    "make_due_open_data",
    "make_open_data",
    "move_question",
    "open_late",
    "open_question",
    "print_inputs",
    "print_receipts",
    "publish",
    "publish_form",
    "put_back",
    "read_waiting",
    "record_on_behalf",
    "record_review",
    "refuse",
    "reinstate",
    "release",
    "remind_unsent",
    "remove_hidden",
    "renew_form",
    "reopen",
    "revise",
    "scan_clean_again",
    "scan_documents",
    "scan_waiting",
    "settle_note",
    "start",
    "stop_showing",
    "submit",
    "take_back",
    "take_down",
    "take_out",
    "take_up",
    "tell_of_notes",
    "withdraw",
]
