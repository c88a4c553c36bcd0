"""How what the desk does with inputs and beside them is rehearsed, done and told: forums/operations/rehearsing.py."""

from functools import partial

from forums.operations import rehearsing
from forums.operations.rehearsing import ADDED, AS_WRITTEN, Letters, Rehearsal, worded_anew
from forums.operations.telling_at_once import AtOnce
from submissions.models import (
    CoSponsor,
    LettersChoice,
    Proposal,
    ProposalLettersChoice,
    PublicityRequest,
    Recording,
    Redaction,
    Submission,
)
from submissions.notifications import letters_for, proposal_letters_for, template_of, template_of_proposal

# What asks something of its author, or takes something from them: no rule lets them go without a word.
OWED = frozenset(
    {
        "submissions/clarification_asked",
        "submissions/not_admissible",
        "submissions/reopened",
        "submissions/taken_down",
        "submissions/reinstated",
    }
)
OWED_OF_PROPOSALS = frozenset({"submissions/correction_refused", "submissions/addition_refused"})
RELATED = ("submission__call__forum", "submission__organisation", "version")


def _input_anew(pk):
    return Submission.objects.select_related("call__forum", "organisation").get(pk=pk)


def _proposal_anew(pk):
    return Proposal.objects.select_related(*RELATED).get(pk=pk)


def _of_proposal(step):
    return template_of_proposal(step.proposal.act, step.became)


def _wish_anew(pk):
    return PublicityRequest.objects.select_related("submission__call__forum", "submission__organisation").get(pk=pk)


def _taken_down(wish):
    """The step by which a granted wish took its input down; None where it was not public any more."""
    return wish.submission.steps.filter(at=wish.settled_at, became=Submission.Status.ACCEPTED).order_by("-pk").first()


def _received(submission):
    return submission.steps.filter(became=Submission.Status.SUBMITTED).order_by("pk").first()


INPUTS = rehearsing.Voice(_input_anew, letters_for, template_of, LettersChoice, OWED)
PROPOSALS = rehearsing.Voice(_proposal_anew, proposal_letters_for, _of_proposal, ProposalLettersChoice, OWED_OF_PROPOSALS)
GRANTED_WISHES = rehearsing.Voice(_wish_anew, letters_for, template_of, LettersChoice, OWED, _taken_down)
RECORDINGS = rehearsing.Voice(
    lambda pk: Recording.objects.get(pk=pk), letters_for, template_of, LettersChoice, frozenset(), _received
)
REFUSED_WISHES = AtOnce(_wish_anew, frozenset({"submissions/wish_refused"}))
REDACTIONS = AtOnce(_input_anew, frozenset({"submissions/redacted"}))
LIFTINGS = AtOnce(lambda pk: Redaction.objects.get(pk=pk))
PARTICULARS_CORRECTED = AtOnce(_input_anew, frozenset({"submissions/reclassified"}))
OPENINGS = AtOnce(_input_anew)
NAMES_TAKEN_OFF = AtOnce(
    lambda pk: CoSponsor.objects.select_related("submission__call__forum", "organisation").get(pk=pk),
    frozenset({"submissions/joint_answered"}),
)

decide = partial(rehearsing.decide, INPUTS)
rehearse = partial(rehearsing.rehearse, INPUTS)

__all__ = [
    "ADDED",
    "AS_WRITTEN",
    "GRANTED_WISHES",
    "INPUTS",
    "LIFTINGS",
    "NAMES_TAKEN_OFF",
    "OPENINGS",
    "OWED",
    "PARTICULARS_CORRECTED",
    "PROPOSALS",
    "RECORDINGS",
    "REDACTIONS",
    "REFUSED_WISHES",
    "Letters",
    "Rehearsal",
    "decide",
    "rehearse",
    "worded_anew",
]
