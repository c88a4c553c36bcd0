"""Letters about inputs that are closed to a person of the desk: their keys say what they tell of, so they are left out."""

from django.db.models import CharField, F, Func, TextField, Value
from django.db.models.functions import Cast

from forums.models import Letter
from submissions.models import (
    CoSponsor,
    CoSponsorStep,
    DraftNote,
    InputsArchive,
    LateOpening,
    ProposalStep,
    Submission,
    SubmissionStep,
)
from submissions.models.closed_to import bodies_in_conflict

# How a key begins -> at which place between colons it names a row of which table, and how that row leads to the input.
ABOUT = {
    "submission-step": (2, SubmissionStep, "submission"),
    "proposal-step": (2, ProposalStep, "proposal__submission"),
    "co-sponsor-step": (2, CoSponsorStep, "co_sponsor__submission"),
    "late-opening": (2, LateOpening, "submission"),
    "draft-notes": (2, DraftNote, "submission"),
    "reminder": (5, Submission, "pk"),  # closing:<call>:<instant>:reminder:<draft>
    "joint": (5, CoSponsor, "submission"),
}
ALL_CLOSED = ("reminder", "joint")  # how the fourth part of a key about a closing reads


def _part(place):
    return Func(F("key"), Value(":"), Value(place), function="split_part", output_field=CharField())


def without_hidden(letters, user):
    """The same letters without those about inputs that are closed to this person.

    One statement asks whether there are any, so that those to whom nothing is closed wait for nothing.
    """
    closed = Submission.objects.closed_to(user).order_by().values("pk")
    if not closed.exists():
        return letters
    letters = letters.alias(first=_part(1), second=_part(2), fourth=_part(4), fifth=_part(5))
    for begins, (place, model, way) in ABOUT.items():
        rows = model.objects.filter(**{f"{way}__in": closed}).order_by().values(named=Cast("pk", TextField()))
        start = {"first": "closing", "fourth": begins} if begins in ALL_CLOSED else {"first": begins}
        letters = letters.exclude(**start, **{"second__in" if place == 2 else "fifth__in": rows})
    archives = InputsArchive.objects.filter(organisation__in=bodies_in_conflict(user)).order_by()
    return letters.exclude(first="inputs-archive", second__in=archives.values(named=Cast("pk", TextField())))


Letter.HIDES.append(without_hidden)
