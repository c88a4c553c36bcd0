"""A decision of the desk together with what was decided about its letters; and its rehearsal, which leaves no trace.

Each kind of procedure has its Voice: how its steps are told. The same way of writing letters serves rehearsal and sweep,
so what is shown is what will be written (docs/decisions/0036).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.letters import frame
from forums.operations.outbox import preview_of_rewriting, rewrite
from forums.refusals import Refused

WHY_NONE = _("Its reader has to hear of this. Say why no letter goes out; the reason is kept.")
ADDED = "added"  # the key under which words for every letter are kept: language -> text


class OwesALetter(Refused):
    """None was to go out although its reader has to hear of it, and no reason was given."""

    def __init__(self):
        super().__init__(WHY_NONE)


@dataclass(frozen=True)
class Letters:
    """What becomes of the letters of a step: they go as they are, in other words, or not at all."""

    withheld: bool = False
    reason: str = ""
    words: dict = field(default_factory=dict)  # end of a letter's key -> {"subject", "text"}; ADDED -> language -> text

    @property
    def is_as_written(self) -> bool:
        return not (self.withheld or self.words)


AS_WRITTEN = Letters()


def columns_of(letters) -> dict:
    """As a table of choices keeps them."""
    return {"withheld": letters.withheld, "reason": letters.reason.strip(), "words": letters.words}


@dataclass(frozen=True)
class Voice:
    """How the steps of one kind of procedure are told."""

    anew: Callable  # (pk) -> the thing, read again with what its letters need
    letters_for: Callable  # (step, at=) -> its letters, written
    template_of: Callable  # (step) -> the kind of its letters, or None
    choices: type  # the table that keeps what was decided about them
    owed: frozenset  # kinds that are not left out without a reason: they ask something of their reader, or take it away
    step_of: Callable = lambda done: done  # (what the act returned) -> the step it made

    def carry_out(self, act):
        """The step that the act made, or None."""
        return self.step_of(act())

    def letters_of(self, step, *, at) -> dict:
        """The letters of the step by the ends of their keys, as the sweep will write them."""
        letters = self.letters_for(step, at=at) if step is not None else ()
        return {end_of_key(step, letter): letter for letter in letters if letter is not None}

    def owes(self, step) -> bool:
        return step is not None and self.template_of(step) in self.owed

    def keep(self, step, letters, *, by, at):
        """Keep beside the step what becomes of its letters."""
        if step is not None:
            self.choices.objects.create(step=step, **columns_of(letters), by=by, at=at)


@dataclass(frozen=True)
class Rehearsal:
    """What a decision would make, and its letters exactly as they would be written. Nothing of it is stored."""

    done: object  # its step, or what its act returned where the act itself writes
    letters: dict  # end of a letter's key -> Letter
    owes_a_letter: bool


@transaction.atomic
def decide(voice, thing, act, *, by, at, letters=AS_WRITTEN, **words):
    """Carry out a decision and keep, in the same transaction, what becomes of its letters; returns the step."""
    done = voice.carry_out(partial(act, thing, by=by, at=at, **words))
    if not letters.is_as_written:
        ask_why_none(voice, done, letters)
        voice.keep(done, letters, by=by, at=at)
    return done


def ask_why_none(voice, done, letters):
    """Refused where a letter is owed and none goes out, without a reason."""
    if letters.withheld and not letters.reason.strip() and voice.owes(done):
        raise OwesALetter


def rehearse(voice, thing, act, *, by, at, letters=AS_WRITTEN, **words) -> Rehearsal:
    """Carry the decision out and take all of it back, letters included. Raises Refused as the decision itself would."""
    with transaction.atomic():
        copy = voice.anew(thing.pk)
        if hasattr(thing, "status"):  # somebody was faster: as the decision on what was seen would find
            copy.status = thing.status
        done = decide(voice, copy, act, by=by, at=at, letters=letters, **words)
        written = voice.letters_of(done, at=at)
        transaction.set_rollback(True)
    return Rehearsal(done, written, voice.owes(done))


def worded_anew(rehearsal, typed) -> dict:
    """What differs between the letters and what was typed into them; raises Refused where words are missing."""
    changed = {}
    for end, letter in rehearsal.letters.items():
        if letter.private or end not in typed:
            continue
        words = preview_of_rewriting(letter, **typed[end])
        if (words.subject, words.text) != (letter.subject, letter.text):
            changed[end] = dict(typed[end])
    return changed


# Writing ---------------------------------------------------------------------------------------------------------------


def choice_of(table, step):
    """What was decided about the letters of this step, or None."""
    return table.objects.filter(step=step).select_related("by").first()


def in_place_of(letter, end, words):
    """The words that stand in place of those of a letter, or None: its own, else what is added to all of its language."""
    if end in words:
        return words[end]
    added = words.get(ADDED, {}).get(letter.language)
    return added and {"subject": letter.subject, "text": f"{frame.split(letter.text)[0].rstrip()}\n\n{added}"}


def as_chosen(choice, step, letters) -> list:
    """The letters in the words that the desk gave them when it decided; whoever was not there then gets the usual ones."""
    return letters if choice is None else [_in_words_of(choice, step, letter) for letter in letters]


def _in_words_of(choice, step, letter):
    if letter is None or letter.private:
        return letter
    words = in_place_of(letter, end_of_key(step, letter), choice.words)
    return rewrite(letter, **words, by=choice.by, at=choice.at) if words else letter


def end_of_key(step, letter) -> str:
    """To whom a letter of this step goes, as its key ends: the same before the step is made and after."""
    about, _step, whom = letter.key.partition(f"-step:{step.pk}:")
    return f"{about}:{whom}"
