"""Verbs of the ground floor: write and send letters, announce steps, announce milestones, sweep."""

from .announcing import announce_pending
from .letters import send_due_letters, write
from .milestones import announce_milestones
from .sweeping import sweep

__all__ = ["announce_milestones", "announce_pending", "send_due_letters", "sweep", "write"]
