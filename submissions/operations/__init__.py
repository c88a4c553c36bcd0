"""Verbs of an input's life, in the order it lives: drafting, filing, submitting, scanning, reviewing, publishing."""

from .amending import AMENDABLE, amend
from .answering import answer
from .choosing_publicity import answer_wish, ask_otherwise, choose_publicity, show_file
from .co_sponsor_reminding import remind_co_sponsors, tell_of_changed_texts
from .correcting import correct_closings
from .cowriting import forget_cowriting, leave_note, settle_note, tell_of_notes
from .drafting import Conflict, discard, put_back, renew_form, revise, start
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
from .translating import (
    ask_machine,
    correct_translation,
    make_translations,
    offer_translation,
    set_translation_aside,
    take_offer,
    write_translation,
)
from .uploading import Elsewhere, add_piece, begin_upload, cancel_upload, clear_uploads, finish_upload
from .using import record_use, remove_use, show_changed_documents, tell_of_uses
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
    "agree",
    "amend",
    "answer",
    "answer_wish",
    "approve",
    "ask_co_sponsor",
    "ask_co_sponsor_by_name",
    "ask_for_clarification",
    "ask_input",
    "ask_machine",
    "ask_otherwise",
    "ask_receipt",
    "ask_whether_open_for_additions",
    "attach",
    "begin_upload",
    "begin_version",
    "cancel_upload",
    "choose_publicity",
    "clear_uploads",
    "copy_form",
    "correct",
    "correct_closings",
    "correct_translation",
    "decline",
    "decline_joint",
    "describe",
    "detach",
    "discard",
    "finish_upload",
    "forget_cowriting",
    "keep_answer",
    "leave",
    "leave_note",
    "make_due_open_data",
    "make_open_data",
    "make_translations",
    "move_question",
    "name_on_behalf",
    "offer_translation",
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
    "record_use",
    "refuse",
    "reinstate",
    "release",
    "remind_co_sponsors",
    "remind_unsent",
    "remove_hidden",
    "remove_use",
    "renew_form",
    "reopen",
    "revise",
    "scan_clean_again",
    "scan_documents",
    "scan_waiting",
    "set_translation_aside",
    "settle_note",
    "show_changed_documents",
    "show_file",
    "start",
    "stop_showing",
    "submit",
    "take_back",
    "take_down",
    "take_off_by_desk",
    "take_offer",
    "take_out",
    "take_out_co_sponsor",
    "take_up",
    "tell_of_changed_texts",
    "tell_of_notes",
    "tell_of_uses",
    "withdraw",
    "write_translation",
]
