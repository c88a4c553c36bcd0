"""How decisions on inputs, corrections and additions are rehearsed, taken and told: forums/operations/rehearsing.py."""

from functools import partial

from forums.operations import rehearsing
from forums.operations.rehearsing import ADDED, AS_WRITTEN, Letters, Rehearsal, worded_anew
from submissions.models import LettersChoice, Proposal, ProposalLettersChoice, Submission
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


INPUTS = rehearsing.Voice(_input_anew, letters_for, template_of, LettersChoice, OWED)
PROPOSALS = rehearsing.Voice(_proposal_anew, proposal_letters_for, _of_proposal, ProposalLettersChoice, OWED_OF_PROPOSALS)

decide = partial(rehearsing.decide, INPUTS)
rehearse = partial(rehearsing.rehearse, INPUTS)

__all__ = ["ADDED", "AS_WRITTEN", "INPUTS", "OWED", "PROPOSALS", "Letters", "Rehearsal", "decide", "rehearse", "worded_anew"]
