"""Verbs of an input's life, in the order it lives: drafting, filing, submitting, scanning, reviewing, publishing."""

from .amending import AMENDABLE, amend
from .answering import answer
from .choosing_publicity import answer_wish, ask_otherwise, choose_publicity, show_file
from .co_sponsor_reminding import remind_co_sponsors, tell_of_changed_texts
from .correcting import correct_closings
from .drafting import Conflict, discard, renew_form, revise, start
from .extracting import read_waiting, remove_hidden
from .filing import attach, describe, detach
from .form_templates import begin_version, copy_form, move_question, publish_form, take_out
from .joining import agree, leave, name_on_behalf, take_off_by_desk
from .joining import ask as ask_co_sponsor
from .joining import ask_by_name as ask_co_sponsor_by_name
from .joining import decline as decline_joint
from .joining import take_out as take_out_co_sponsor
from .open_data import make_due_open_data, make_open_data
from .printing import ask_receipt, print_receipts
from .printing_inputs import ask_input, print_inputs
from .publishing import publish, take_down
from .questions import AnswerConflict, keep_answer, open_question
from .recording import record_on_behalf
from .releasing import release
from .reminding import remind_unsent
from .reviewing import accept, add_note, ask_for_clarification, decline, record_review, reopen, take_up
from .scanning import scan_clean_again, scan_documents, scan_waiting
from .submitting import submit
from .uploading import Elsewhere, add_piece, begin_upload, cancel_upload, clear_uploads, finish_upload
from .withdrawing import reinstate, withdraw

__all__ = [
    "AMENDABLE",
    "AnswerConflict",
    "Conflict",
    "Elsewhere",
    "accept",
    "add_note",
    "add_piece",
    "agree",
    "amend",
    "answer",
    "answer_wish",
    "ask_co_sponsor",
    "ask_co_sponsor_by_name",
    "ask_for_clarification",
    "ask_input",
    "ask_otherwise",
    "ask_receipt",
    "attach",
    "begin_upload",
    "begin_version",
    "cancel_upload",
    "choose_publicity",
    "clear_uploads",
    "copy_form",
    "correct_closings",
    "decline",
    "decline_joint",
    "describe",
    "detach",
    "discard",
    "finish_upload",
    "keep_answer",
    "leave",
    "make_due_open_data",
    "make_open_data",
    "move_question",
    "name_on_behalf",
    "open_question",
    "print_inputs",
    "print_receipts",
    "publish",
    "publish_form",
    "read_waiting",
    "record_on_behalf",
    "record_review",
    "reinstate",
    "release",
    "remind_co_sponsors",
    "remind_unsent",
    "remove_hidden",
    "renew_form",
    "reopen",
    "revise",
    "scan_clean_again",
    "scan_documents",
    "scan_waiting",
    "show_file",
    "start",
    "submit",
    "take_down",
    "take_off_by_desk",
    "take_out",
    "take_out_co_sponsor",
    "take_up",
    "tell_of_changed_texts",
    "withdraw",
]
