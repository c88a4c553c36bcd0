"""Letters about inputs that are closed to a person of the desk are left out, and what is redacted is taken out of others.

Their keys say what they tell of.
"""

import re
from functools import partial

from django.core.exceptions import ValidationError
from django.db.models import CharField, F, Func, TextField, Value
from django.db.models.functions import Cast

from forums.models import Letter
from submissions.models import (
    Clarification,
    CoSponsor,
    CoSponsorStep,
    DraftNote,
    InputsArchive,
    LateOpening,
    Mention,
    ProposalStep,
    PublicityRequest,
    Reclassification,
    Redaction,
    Submission,
    SubmissionStep,
    Use,
)
from submissions.models.closed_to import bodies_in_conflict
from submissions.models.known_open import UNKNOWN, closed_to_some_extent
from submissions.sealed_words import redactions_of, without_sealed

# How a key begins -> at which place between colons it names a row of which table, and how that row leads to the input.
ABOUT = {
    "submission-step": (2, SubmissionStep, "submission"),
    "proposal-step": (2, ProposalStep, "proposal__submission"),
    "co-sponsor-step": (2, CoSponsorStep, "co_sponsor__submission"),
    "joint-step": (2, SubmissionStep, "submission"),
    "joint-changed": (2, CoSponsor, "submission"),
    "joint-discarded": (2, CoSponsor, "submission"),
    "late-opening": (2, LateOpening, "submission"),
    "draft-notes": (2, DraftNote, "submission"),
    "input-answer-awaited": (2, Clarification, "submission"),
    "reclassification": (2, Reclassification, "submission"),
    "redaction": (2, Redaction, "submission"),
    "redaction-lifted": (2, Redaction, "submission"),
    "wish-refused": (2, PublicityRequest, "submission"),
    "uses": (2, Use, "submission"),
    "mention": (2, Mention, "note__submission"),
    "reminder": (5, Submission, "pk"),  # closing:<call>:<instant>:reminder:<draft>
    "joint": (5, CoSponsor, "submission"),
}
ALL_CLOSED = ("reminder", "joint")  # how the fourth part of a key about a closing reads


BEFORE = f"^({Letter.SUPERSEDED}|{Letter.WITHHELD})[^:]*:"  # of a key when the letter never goes out


def _part(place):
    key = Func(F("key"), Value(BEFORE), Value(""), function="regexp_replace", output_field=CharField())
    return Func(key, Value(":"), Value(place), function="split_part", output_field=CharField())


def _hides_letters(user) -> bool:
    """Whether something is closed to this person; on a page that asked for it, whether anything may be."""
    closed = closed_to_some_extent(user)
    return any(closed) if closed is not UNKNOWN else _closed_to(user).exists()


def _closed_to(user):
    return Submission.objects.closed_to(user).order_by().values("pk")


def without_hidden(letters, user):
    """The same letters without those about inputs that are closed to this person.

    One statement asks whether there are any, so that those to whom nothing is closed wait for nothing.
    """
    if not _hides_letters(user):
        return letters
    closed = _closed_to(user)
    letters = letters.alias(first=_part(1), second=_part(2), fourth=_part(4), fifth=_part(5))
    for begins, (place, model, way) in ABOUT.items():
        rows = model.objects.filter(**{f"{way}__in": closed}).order_by().values(named=Cast("pk", TextField()))
        start = {"first": "closing", "fourth": begins} if begins in ALL_CLOSED else {"first": begins}
        letters = letters.exclude(**start, **{"second__in" if place == 2 else "fifth__in": rows})
    archives = InputsArchive.objects.filter(organisation__in=bodies_in_conflict(user)).order_by()
    return letters.exclude(first="inputs-archive", second__in=archives.values(named=Cast("pk", TextField())))


def input_of(letter):
    """The input that a letter is about, as its key says, or None."""
    parts = re.sub(BEFORE, "", letter.key).split(":")
    begins = parts[3] if parts[0] == "closing" and len(parts) > 4 else parts[0]
    if begins not in ABOUT:
        return None
    place, model, way = ABOUT[begins]
    key = parts[place - 1] if len(parts) >= place else ""
    try:
        return Submission.objects.filter(pk__in=model.objects.filter(pk=key).values(way)).first()
    except (ValueError, ValidationError):
        return None


def veil_of(letter):
    """What takes out of a letter what is redacted of the input it is about since; None where nothing is."""
    submission = None if letter.private else input_of(letter)
    redactions = redactions_of(submission) if submission is not None else []
    return partial(without_sealed, redactions=redactions) if redactions else None


Letter.HIDES.append(without_hidden)
Letter.VEILS.append(veil_of)
