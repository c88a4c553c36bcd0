"""A decision of the desk together with what was decided about its letters; and its rehearsal, which leaves no trace.

Each kind of procedure has its Voice: how its steps are told. The same way of writing letters serves rehearsal and sweep,
so what is shown is what will be written (docs/decisions/0036).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.letters import frame
from forums.operations.outbox import preview_of_rewriting, rewrite
from forums.refusals import Refused

ADDED = "added"  # the key under which words for every letter are kept: language -> text


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


@dataclass(frozen=True)
class Voice:
    """How the steps of one kind of procedure are told."""

    anew: Callable  # (pk) -> the thing, read again with what its letters need
    letters_for: Callable  # (step, at=) -> its letters, written
    template_of: Callable  # (step) -> the kind of its letters, or None
    choices: type  # the table that keeps what was decided about them
    owed: frozenset  # kinds that are not left out without a reason: they ask something of their reader, or take it away
    step_of: Callable = lambda done: done  # (what the act returned) -> the step it made

    def owes(self, step) -> bool:
        return self.template_of(step) in self.owed


@dataclass(frozen=True)
class Rehearsal:
    """The step that a decision would make, and its letters exactly as they would be written. Nothing of it is stored."""

    step: object
    letters: dict  # end of a letter's key -> Letter
    owes_a_letter: bool


@transaction.atomic
def decide(voice, thing, act, *, by, at, letters=AS_WRITTEN, **words):
    """Carry out a decision and keep, in the same transaction, what becomes of its letters; returns the step."""
    step = voice.step_of(act(thing, by=by, at=at, **words))
    if letters.is_as_written:
        return step
    ask_why_none(voice, step, letters)
    voice.choices.objects.create(
        step=step, withheld=letters.withheld, reason=letters.reason.strip(), words=letters.words, by=by, at=at
    )
    return step


def ask_why_none(voice, step, letters):
    """Refused where a letter is owed and none goes out, without a reason."""
    if letters.withheld and not letters.reason.strip() and voice.owes(step):
        raise Refused(_("Its reader has to hear of this. Say why no letter goes out; the reason is kept."))


def rehearse(voice, thing, act, *, by, at, letters=AS_WRITTEN, **words) -> Rehearsal:
    """Carry the decision out and take all of it back, letters included. Raises Refused as the decision itself would."""
    with transaction.atomic():
        copy = voice.anew(thing.pk)
        if copy.status != thing.status:  # somebody was faster: as the decision on what was seen would find
            copy.status = thing.status
        step = decide(voice, copy, act, by=by, at=at, letters=letters, **words)
        written = {end_of_key(step, letter): letter for letter in voice.letters_for(step, at=at) if letter is not None}
        transaction.set_rollback(True)
    return Rehearsal(step, written, voice.owes(step))


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


def as_chosen(choice, step, letters) -> list:
    """The letters in the words that the desk gave them when it decided; whoever was not there then gets the usual ones."""
    return letters if choice is None else [_in_words_of(choice, step, letter) for letter in letters]


def _in_words_of(choice, step, letter):
    if letter is None or letter.private:
        return letter
    words = choice.words.get(end_of_key(step, letter))
    if words is None and (added := choice.words.get(ADDED, {}).get(letter.language)):
        words = {"subject": letter.subject, "text": f"{frame.split(letter.text)[0].rstrip()}\n\n{added}"}
    return rewrite(letter, **words, by=choice.by, at=choice.at) if words else letter


def end_of_key(step, letter) -> str:
    """To whom a letter of this step goes, as its key ends: the same before the step is made and after."""
    about, _step, whom = letter.key.partition(f"-step:{step.pk}:")
    return f"{about}:{whom}"
