"""Verbs: found an organisation, ask to join, admit or turn down; claim a basis; screen and record outcomes."""

from .membership import admit, ask_to_join, found, turn_down
from .recording import put_forward, recognise, record_outcome
from .screening import ask_for_more, claim, take_up

__all__ = [
    "admit",
    "ask_for_more",
    "ask_to_join",
    "claim",
    "found",
    "put_forward",
    "recognise",
    "record_outcome",
    "take_up",
    "turn_down",
]
