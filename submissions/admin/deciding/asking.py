"""What of the decisions on inputs needs a second person, and how it is asked for."""

from django.utils.translation import ngettext

from forums import operations as ground
from forums.operations.rehearsing import columns_of
from submissions.second_person_acts import DECISIONS, OPEN_LATE

PUBLISH_ABOVE = 25  # inputs published by one press
LETTERS_ABOVE = 100  # people written to by one press


def needs_second(key, count, people) -> str:
    """The sentence that says why a second person is needed; empty where none is."""
    if key.startswith("publish") and count > PUBLISH_ABOVE:
        return ngettext(
            "More than %(n)d input at once is published only with a second person.",
            "More than %(n)d inputs at once are published only with a second person.",
            PUBLISH_ABOVE,
        ) % {"n": PUBLISH_ABOVE}
    if people > LETTERS_ABOVE:
        return ngettext(
            "Letters to more than %(n)d person at once go out only with a second person.",
            "Letters to more than %(n)d people at once go out only with a second person.",
            LETTERS_ABOVE,
        ) % {"n": LETTERS_ABOVE}
    return ""


def ask_for_round(made, *, reason, by, at):
    """Ask that a round of decisions be carried out; its lines are what is agreed to."""
    args = {"round": made.pk}
    return ground.ask_second_person(DECISIONS, subject=f"round:{made.pk}", args=args, reason=reason, by=by, at=at)


def ask_for_late_opening(submission, *, closes_at, reason, letters, by, at):
    """Ask that an input be opened for additions after its call has closed, and its letters go out so."""
    args = {"submission": str(submission.pk), "closes_at": closes_at.isoformat(), "reason": reason}
    args |= {"letters": columns_of(letters)}
    return ground.ask_second_person(OPEN_LATE, subject=f"input:{submission.pk}", args=args, reason=reason, by=by, at=at)
