"""Verbs: found an organisation, ask to join, admit or turn down; apply, answer, withdraw, confirm; screen, record, end;
end sessions, clear ended ones; make and end tokens; say which letters one wants."""

from .applying import Conflict, begin, choose_basis, save_application, send, take_back, withdraw_application
from .confirming import confirm
from .describing import RecordChanged, describe
from .desk import end_scope, narrow_to, note_absence, take_back_absence
from .ending_sessions import end_sessions
from .enquiring import ask_for_more, close_unanswered, remind_of_enquiries
from .evidence import add_evidence, erase_evidence, read_evidence, remove_evidence, scan_evidence
from .expiring import end_standing, expire_standings
from .handing_over import change_role, hand_over, hand_over_by_desk, leave, remove
from .inviting import accept, invitation_of, invitations_for, invite, take_back_invitation, why_not
from .leaving import clear_counts, clear_sessions
from .membership import admit, ask_to_join, found, take_back_request, turn_down
from .preferring import prefer_letters
from .reading import note_reading
from .recording import put_forward, recognise, record_outcome
from .screening import claim, reopen, take_up
from .tokens import clear_answers, make_token, note_use, remind_of_tokens, revoke_token, token_of
from .twins import look_again, note_twins, settle_as_different

__all__ = [
    "Conflict",
    "RecordChanged",
    "accept",
    "add_evidence",
    "admit",
    "ask_for_more",
    "ask_to_join",
    "begin",
    "change_role",
    "choose_basis",
    "claim",
    "clear_answers",
    "clear_counts",
    "clear_sessions",
    "close_unanswered",
    "confirm",
    "describe",
    "end_scope",
    "end_sessions",
    "end_standing",
    "erase_evidence",
    "expire_standings",
    "found",
    "hand_over",
    "hand_over_by_desk",
    "invitation_of",
    "invitations_for",
    "invite",
    "leave",
    "look_again",
    "make_token",
    "narrow_to",
    "note_absence",
    "note_reading",
    "note_twins",
    "note_use",
    "prefer_letters",
    "put_forward",
    "read_evidence",
    "recognise",
    "record_outcome",
    "remind_of_enquiries",
    "remind_of_tokens",
    "remove",
    "remove_evidence",
    "reopen",
    "revoke_token",
    "save_application",
    "scan_evidence",
    "send",
    "settle_as_different",
    "take_back",
    "take_back_absence",
    "take_back_invitation",
    "take_back_request",
    "take_up",
    "token_of",
    "turn_down",
    "why_not",
    "withdraw_application",
]
