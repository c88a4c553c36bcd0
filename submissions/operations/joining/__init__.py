"""Joint inputs: the lead asks other bodies, each answers for itself; nobody's name stands under a text it did not agree to.

An agreement is to one text. When the lead changes the text it counts no longer, until its body agrees again or the text is
back as it was (decision 0026). Everything here holds the row of the input, as sending does, so an answer that arrives
while it is sent comes before the sending or after it, never beside it.
"""

from .answering import LEAVABLE, agree, decline, leave, take_off_by_desk
from .ending import end_those_that_leave, keep_those_that_were_to_leave, steps_of
from .leading import MOST, ask, ask_by_name, name_on_behalf, take_out
from .sending import list_mark, settle, silent_of, waits_for
from .text import holder_of, mark_now, text_in_hand, text_now

__all__ = [
    "LEAVABLE",
    "MOST",
    "agree",
    "ask",
    "ask_by_name",
    "decline",
    "end_those_that_leave",
    "holder_of",
    "keep_those_that_were_to_leave",
    "leave",
    "list_mark",
    "mark_now",
    "name_on_behalf",
    "settle",
    "silent_of",
    "steps_of",
    "take_off_by_desk",
    "take_out",
    "text_in_hand",
    "text_now",
    "waits_for",
]
