"""Verbs of an input's life, in the order it lives: drafting, filing, submitting, scanning, reviewing, publishing."""

from .acts import ACTS, act_of
from .amending import AMENDABLE, amend
from .answering import answer
from .asking import ask_for_clarification, remind_of_clarifications
from .assigning import assign, take_back_conflicting
from .choosing_publicity import answer_wish, ask_otherwise, choose_publicity, show_file
from .co_sponsor_reminding import remind_co_sponsors, tell_of_changed_texts
from .conflicts import declare_conflict, end_conflict
from .correcting import correct_closings
from .cowriting import forget_cowriting, leave_note, settle_note, tell_of_notes
from .deciding import ADDED, AS_WRITTEN, INPUTS, OWED, PROPOSALS, Letters, decide, rehearse, worded_anew
from .desk_views import choose_columns, choose_keys, delete_view, rename_view, save_view, share_view, start_with
from .drafting import Conflict, discard, put_back, renew_form, revise, start
from .extracting import read_waiting, remove_hidden
from .filing import attach, describe, detach
from .following import (
    ask_to_follow_inputs,
    asked_following,
    change_following,
    confirm_following_inputs,
    end_followings,
    forget_followings,
)
from .form_templates import begin_version, copy_form, move_question, publish_form, take_out
from .joining import agree, leave, name_on_behalf, take_off_by_desk
from .joining import ask as ask_co_sponsor
from .joining import ask_by_name as ask_co_sponsor_by_name
from .joining import decline as decline_joint
from .joining import take_out as take_out_co_sponsor
from .likening import liken_waiting
from .noting import add_note, see_mentions
from .open_data import make_due_open_data, make_open_data
from .previewing import make_previews
from .printing import ask_receipt, print_receipts
from .printing_inputs import ask_input, paper_there, print_inputs, print_on_request
from .proposing import ADDABLE, add, ask_whether_open_for_additions, correct, take_back
from .publishing import publish, take_down
from .questions import AnswerConflict, keep_answer, open_question
from .reclassifying import CORRECTABLE, PARTICULARS, reclassify
from .recording import record_on_behalf
from .redacting import lift, redact
from .relating import inputs_to_relate, relate_inputs
from .releasing import release
from .reminding import remind_unsent
from .reviewing import accept, decline, record_review, reopen, take_up
from .scanning import scan_clean_again, scan_documents, scan_waiting
from .settling import approve, ask_late, open_late, refuse, stop_showing
from .several import AT_ONCE_IN_A_REQUEST, MOST_AT_ONCE, begin_round, carry_out, last_steps, work_on_rounds
from .sharing_out import give_out_new, tell_of_assignments
from .showing_names import index_changed_names, names_are_due
from .staging import open_round, release_round, set_round_aside, stage, stale_lines, take_out_line
from .submitting import submit
from .telling_followers import tell_of_new_inputs
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
    "ACTS",
    "ADDABLE",
    "ADDED",
    "AMENDABLE",
    "AS_WRITTEN",
    "AT_ONCE_IN_A_REQUEST",
    "CORRECTABLE",
    "INPUTS",
    "MOST_AT_ONCE",
    "OWED",
    "PARTICULARS",
    "PROPOSALS",
    "AnswerConflict",
    "Conflict",
    "Elsewhere",
    "Letters",
    "accept",
    "act_of",
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
    "ask_late",
    "ask_machine",
    "ask_otherwise",
    "ask_receipt",
    "ask_to_follow_inputs",
    "ask_whether_open_for_additions",
    "asked_following",
    "assign",
    "attach",
    "begin_round",
    "begin_upload",
    "begin_version",
    "cancel_upload",
    "carry_out",
    "change_following",
    "choose_columns",
    "choose_keys",
    "choose_publicity",
    "clear_uploads",
    "confirm_following_inputs",
    "copy_form",
    "correct",
    "correct_closings",
    "correct_translation",
    "decide",
    "declare_conflict",
    "decline",
    "decline_joint",
    "delete_view",
    "describe",
    "detach",
    "discard",
    "end_conflict",
    "end_followings",
    "finish_upload",
    "forget_cowriting",
    "forget_followings",
    "give_out_new",
    "index_changed_names",
    "inputs_to_relate",
    "keep_answer",
    "last_steps",
    "leave",
    "leave_note",
    "lift",
    "liken_waiting",
    "make_due_open_data",
    "make_open_data",
    "make_previews",
    "make_translations",
    "move_question",
    "name_on_behalf",
    "names_are_due",
    "offer_translation",
    "open_late",
    "open_question",
    "open_round",
    "paper_there",
    "print_inputs",
    "print_on_request",
    "print_receipts",
    "publish",
    "publish_form",
    "put_back",
    "read_waiting",
    "reclassify",
    "record_on_behalf",
    "record_review",
    "record_use",
    "redact",
    "refuse",
    "rehearse",
    "reinstate",
    "relate_inputs",
    "release",
    "release_round",
    "remind_co_sponsors",
    "remind_of_clarifications",
    "remind_unsent",
    "remove_hidden",
    "remove_use",
    "rename_view",
    "renew_form",
    "reopen",
    "revise",
    "save_view",
    "scan_clean_again",
    "scan_documents",
    "scan_waiting",
    "see_mentions",
    "set_round_aside",
    "set_translation_aside",
    "settle_note",
    "share_view",
    "show_changed_documents",
    "show_file",
    "stage",
    "stale_lines",
    "start",
    "start_with",
    "stop_showing",
    "submit",
    "take_back",
    "take_back_conflicting",
    "take_down",
    "take_off_by_desk",
    "take_offer",
    "take_out",
    "take_out_co_sponsor",
    "take_out_line",
    "take_up",
    "tell_of_assignments",
    "tell_of_changed_texts",
    "tell_of_new_inputs",
    "tell_of_notes",
    "tell_of_uses",
    "withdraw",
    "worded_anew",
    "work_on_rounds",
    "write_translation",
]
