"""Verbs of the ground floor: write and send letters, announce steps, announce milestones, sweep; move dates and closings;
plan and release the programme."""

from .announcing import announce_pending
from .arranging import hold_notices, make_responsible, release_notices, tell_now, write_ahead
from .bouncing import record_bounce
from .calling import extend, move_closing, set_call, take_back_outdated
from .convening import against_convening, convene, record_held
from .dating import date_forum, follows, lay_out, move_forum
from .document_files import keep_language
from .documents import record_document
from .following import ask_to_follow, confirm_following, forget_followers, stop_following
from .letters import write
from .meeting import meet, record_met, record_unmet, unmeet
from .milestones import announce_milestones
from .outbox import hold, release, rewrite, send_again, send_now, settle, supersede
from .programme import cancel_session, lay_out_programme, plan_session, reinstate_session
from .releasing import coming_release, release_programme
from .second_person import agree_as_second, ask_second_person, end_requests, take_back_request, turn_down_as_second
from .seeing import see_letters, unseen
from .sending import send_due_letters
from .stopping import start_topic, stop_topic
from .sweeping import sweep
from .telling import announce_changes, send_digests
from .waiving import agree_to_waiver, ask_waiver, take_back_waiver, turn_down_waiver
from .wording import back_to_shipped, word

__all__ = [
    "against_convening",
    "agree_as_second",
    "agree_to_waiver",
    "announce_changes",
    "announce_milestones",
    "announce_pending",
    "ask_second_person",
    "ask_to_follow",
    "ask_waiver",
    "back_to_shipped",
    "cancel_session",
    "coming_release",
    "confirm_following",
    "convene",
    "date_forum",
    "end_requests",
    "extend",
    "follows",
    "forget_followers",
    "hold",
    "hold_notices",
    "keep_language",
    "lay_out",
    "lay_out_programme",
    "make_responsible",
    "meet",
    "move_closing",
    "move_forum",
    "plan_session",
    "record_bounce",
    "record_document",
    "record_held",
    "record_met",
    "record_unmet",
    "reinstate_session",
    "release",
    "release_notices",
    "release_programme",
    "rewrite",
    "see_letters",
    "send_again",
    "send_digests",
    "send_due_letters",
    "send_now",
    "set_call",
    "settle",
    "start_topic",
    "stop_following",
    "stop_topic",
    "supersede",
    "sweep",
    "take_back_outdated",
    "take_back_request",
    "take_back_waiver",
    "tell_now",
    "turn_down_as_second",
    "turn_down_waiver",
    "unmeet",
    "unseen",
    "word",
    "write",
    "write_ahead",
]
