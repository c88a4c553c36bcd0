"""Rules of corrections and additions: their symbols, their steps, their letters."""

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q

from imrf_portal.invariants import paths
from submissions.models import (
    LateOpening,
    Proposal,
    ProposalStep,
    Version,
)


def symbols_are_given_without_gaps():
    """Revisions, corrections and additions of an input are numbered 1, 2, 3 ... each, and their contents say so."""
    counted = Version.objects.exclude(act="original").order_by().values("submission__reference", "act")
    counted = counted.annotate(count=Count("pk"), first=Min("act_number"), last=Max("act_number"))
    yield from (row["submission__reference"] for row in counted.exclude(first=1, last=F("count")))
    for version in Version.objects.only("content", "act", "act_number").iterator(500):
        if version.content.get("symbol", version.symbol) != version.symbol:
            yield version.symbol


def a_proposal_is_of_its_input():
    """A correction or an addition is sent as a version of the same input and the same act, or is a draft that amends it."""
    sent = Q(version__submission=F("submission"), version__act=F("act"))
    drafted = Q(status="draft", draft__amends=F("submission"))
    return Proposal.objects.exclude(sent | drafted).values_list("pk", flat=True)


def a_late_addition_was_let_in():
    """An addition that came after its call closed is marked so, and the desk had opened its input for it."""
    sent = Proposal.objects.filter(act="addition", version__isnull=False)
    after = Q(version__sent_at__gte=F("submission__call__closes_at"))
    at = OuterRef("version__sent_at")
    opened = LateOpening.objects.filter(submission=OuterRef("submission"), at__lte=at, closes_at__gt=at)
    wrong = (after & Q(late=False)) | (Q(late=True) & ~Exists(opened))
    return sent.filter(wrong).values_list("submission__reference", flat=True)


def proposals_are_where_their_steps_ended():
    """The status of every correction and addition is what its last step became."""
    return paths.status_differs_from_steps(ProposalStep)


def steps_of_proposals_follow_each_other():
    """Every step of a correction or addition begins where the one before it ended."""
    return paths.broken_chains(ProposalStep)


def proposals_move_by_the_table():
    """Every step of a correction or addition is one that the table of moves allows."""
    return paths.moves_outside_the_table(ProposalStep)


def letters_of_proposals_tell_of_a_step():
    """No letter tells of a step of a correction or addition that is not there."""
    return paths.letters_without_a_step(ProposalStep, "proposal-step")


RULES = [
    symbols_are_given_without_gaps,
    a_proposal_is_of_its_input,
    a_late_addition_was_let_in,
    proposals_are_where_their_steps_ended,
    steps_of_proposals_follow_each_other,
    proposals_move_by_the_table,
    letters_of_proposals_tell_of_a_step,
]
