"""A decision of the desk together with what was decided about its letters; and its rehearsal, which leaves no trace."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.operations.outbox import preview_of_rewriting
from forums.refusals import Refused
from submissions.models import LettersChoice, Submission
from submissions.notifications import end_of_key, letters_for, template_of

# What asks something of its author, or takes something from them: no rule lets them go without a word.
OWED = {
    "submissions/clarification_asked",
    "submissions/not_admissible",
    "submissions/reopened",
    "submissions/taken_down",
    "submissions/reinstated",
}


@dataclass(frozen=True)
class Letters:
    """What becomes of the letters of a step: they go as they are, in other words, or not at all."""

    withheld: bool = False
    reason: str = ""
    words: dict = field(default_factory=dict)  # end of a letter's key -> {"subject", "text"}

    @property
    def is_as_written(self) -> bool:
        return not (self.withheld or self.words)


AS_WRITTEN = Letters()


@dataclass(frozen=True)
class Rehearsal:
    """The step that a decision would make, and its letters exactly as they would be written. Nothing of it is stored."""

    step: object
    letters: dict  # end of a letter's key -> Letter

    @property
    def owes_a_letter(self) -> bool:
        return template_of(self.step) in OWED


@transaction.atomic
def decide(submission, act, *, by, at, letters=AS_WRITTEN, **words):
    """Carry out a decision and keep, in the same transaction, what becomes of its letters; returns the step."""
    step = act(submission, by=by, at=at, **words)
    if letters.is_as_written:
        return step
    if letters.withheld and not letters.reason.strip() and template_of(step) in OWED:
        raise Refused(_("Its author has to hear of this. Say why no letter goes out; the reason is kept."))
    LettersChoice.objects.create(
        step=step, withheld=letters.withheld, reason=letters.reason.strip(), words=letters.words, by=by, at=at
    )
    return step


def rehearse(submission, act, *, by, at, **words) -> Rehearsal:
    """Carry the decision out and take all of it back, letters included. Raises Refused as the decision itself would."""
    with transaction.atomic():
        copy = Submission.objects.select_related("call__forum", "organisation").get(pk=submission.pk)
        if copy.status != submission.status:  # somebody was faster: as the decision on what was seen would find
            copy.status = submission.status
        step = act(copy, by=by, at=at, **words)
        letters = {end_of_key(step, letter): letter for letter in letters_for(step, at=at) if letter is not None}
        transaction.set_rollback(True)
    return Rehearsal(step, letters)


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
