"""Verbs of the ground floor: write and send letters, announce steps, announce milestones, sweep; move dates and closings."""

from .announcing import announce_pending
from .calling import extend
from .convening import move_forum
from .letters import hold, release, send_again, send_due_letters, write
from .milestones import announce_milestones
from .sweeping import sweep

__all__ = [
    "announce_milestones",
    "announce_pending",
    "extend",
    "hold",
    "move_forum",
    "release",
    "send_again",
    "send_due_letters",
    "sweep",
    "write",
]
