"""Acts of the desk that write their letters themselves, in their own transaction, and have no step that a sweep tells.

They are rehearsed and decided on as steps are (rehearsing.py). What is decided about their letters is done to the letters:
other words go into them, and one that does not go out stays as a row with the reason (docs/decisions/0036).
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from forums.operations.letters import gathered
from forums.operations.outbox import rewrite, withhold
from forums.operations.rehearsing import in_place_of


@dataclass(frozen=True)
class Told:
    """What an act returned, and the letters that it wrote."""

    done: object
    letters: dict  # kind and to whom -> Letter


@dataclass(frozen=True)
class AtOnce:
    """How acts are told that write their letters themselves; see rehearsing.Voice."""

    anew: Callable  # (pk) -> the thing, read again
    owed: frozenset = frozenset()

    def carry_out(self, act) -> Told:
        with gathered() as letters:
            done = act()
        return Told(done, _by_ends(letter for letter in letters if letter is not None))

    def letters_of(self, told, *, at) -> dict:
        return told.letters

    def owes(self, told) -> bool:
        return any(letter.kind in self.owed for letter in told.letters.values())

    def keep(self, told, letters, *, by, at):
        """Put other words into the letters that were just written, or let none of them go out."""
        for end, letter in told.letters.items():
            if letters.withheld:
                withhold(letter, because=letters.reason.strip())
            elif not letter.private and (words := in_place_of(letter, end, letters.words)):
                told.letters[end] = rewrite(letter, **words, by=by, at=at)


def _by_ends(letters) -> dict:
    """By kind and the end of the key, which says to whom, and a number where that comes again: the same in each run."""
    found, seen = {}, Counter()
    for letter in letters:
        end = f"{letter.kind}:{letter.key.rpartition(':')[2]}"
        seen[end] += 1
        found[f"{end}:{seen[end]}" if seen[end] > 1 else end] = letter
    return found
