"""Decide now, announce later: decisions staged in a round of a call, and released together by a second person.

Until then nothing happens to the inputs: a staged decision is a line of the desk and nothing else. What their authors do
meanwhile goes before it: an input that was changed, answered for or withdrawn stands against the release until its line is
taken out or decided anew.
"""

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from forums.refusals import Refused, StandsAgainst
from forums.typed import one_line
from submissions.models import DecisionLine, DecisionRound, Submission, SubmissionStep
from submissions.operations.acts import act_of
from submissions.operations.deciding import AS_WRITTEN
from submissions.operations.several import carry_out_line

Result, State = DecisionLine.Result, DecisionRound.State


def open_round(call, *, name, by, at) -> DecisionRound:
    """The open round of that name in the call; begun where there is none."""
    name = one_line(name)[:120]
    if not name:
        raise Refused(_("Give the round a name, so that others know what is announced together."))
    found, _new = DecisionRound.objects.get_or_create(call=call, name=name, together=True, defaults={"by": by, "at": at})
    if found.state != State.OPEN:
        raise Refused(_("“%(name)s” was announced or set aside already. Choose another name.") % {"name": found})
    return found


@transaction.atomic
def stage(submission, *, round, decision, words, by, at, letters=AS_WRITTEN, seen_step=None) -> DecisionLine:
    """Keep a decision in a round; the input does not move and nobody is told."""
    act, held = act_of(decision), _held(round)
    if held.state != State.OPEN or not held.together:
        raise Refused(_("“%(name)s” was announced or set aside already. Choose another name.") % {"name": held})
    if submission.call_id != held.call_id:
        raise Refused(_("The input answers another call than this round."))
    if not act.stageable or submission.status not in act.from_statuses or not act.may(by, submission):
        raise Refused(_("This decision cannot be staged for this input now. Open its page again."))
    if seen_step is None:
        seen_step = submission.steps.order_by("-pk").values_list("pk", flat=True).first() or 0
    kept = {"withheld": letters.withheld, "reason": letters.reason, "words": letters.words}
    try:
        with transaction.atomic():
            return DecisionLine.objects.create(
                round=held,
                staged=True,
                submission=submission,
                decision=decision,
                words=words,
                letters=kept,
                seen_step=seen_step,
                by=by,
                at=at,
            )
    except IntegrityError as why:
        raise Refused(_("A decision on this input is staged already. Take it out of its round first.")) from why


@transaction.atomic
def take_out_line(line, *, by, at, reason=""):
    """Take a decision out of its round before it is announced; it stays in the history of the round."""
    held = _held(line.round)
    waiting = DecisionLine.objects.waiting().filter(pk=line.pk)
    if held.state != State.OPEN or not waiting.update(result=Result.TAKEN_OUT, settled_at=at, why=reason.strip()):
        raise Refused(_("It was announced or taken out already."))


@transaction.atomic
def set_round_aside(round, *, by, at):
    """Nothing of it is announced: its lines are taken out."""
    held = _held(round)
    if held.state not in (State.OPEN, State.ASKED):
        raise Refused(_("It was announced or set aside already."))
    held.lines.waiting().update(result=Result.TAKEN_OUT, settled_at=at)
    held.state = State.SET_ASIDE
    held.save(update_fields=["state"])
    return held


@transaction.atomic
def release_round(round, *, by, at):
    """Carry out every decision of a round at one instant, or none: raises StandsAgainst with all that stands against it.

    By a second person: nobody who staged a decision of it, or began it.
    """
    held = _held(round)
    if not held.together or held.state != State.OPEN:
        raise Refused(_("It was announced or set aside already."))
    lines = list(held.lines.waiting().select_related("by", "submission").order_by("submission__reference"))
    if not lines:
        raise Refused(_("Nothing is staged in it."))
    if by.pk in {held.by_id, *(line.by_id for line in lines)}:
        raise Refused(_("A second person releases a round: somebody who neither began it nor staged a decision of it."))
    if not may_release_round(by, lines):
        raise Refused(_("Somebody else has to release this round: you may not decide on all of its inputs."))
    list(Submission.objects.select_for_update().filter(pk__in=[line.submission_id for line in lines]).order_by("pk"))
    _carry_out_all(lines, at)
    held.state, held.released_by, held.released_at = State.DONE, by, at
    held.save(update_fields=["state", "released_by", "released_at"])
    return held


def may_release_round(user, lines) -> bool:
    """May publish, and see every input of it: nobody announces what concerns their own organisation."""
    if not user.has_perm("submissions.publish_submission"):
        return False
    pks = [line.submission_id for line in lines]
    return Submission.objects.visible_to(user).filter(pk__in=pks).count() == len(set(pks))


def _carry_out_all(lines, at):
    against = []
    for line in lines:
        try:
            with transaction.atomic():
                line.step = carry_out_line(line, at=at)
        except Refused as why:
            against.append(f"{line.submission.reference}: {why}")
    if against:
        raise StandsAgainst(against)
    for line in lines:
        line.result, line.settled_at = Result.DONE, at
    DecisionLine.objects.bulk_update(lines, ["step", "result", "settled_at"])


def stale_lines(round) -> set:
    """Keys of the lines whose input moved since, in one statement."""
    later = SubmissionStep.objects.filter(submission=OuterRef("submission"), pk__gt=OuterRef("seen_step"))
    return set(round.lines.waiting().filter(Exists(later)).values_list("pk", flat=True))


def _held(round) -> DecisionRound:
    return DecisionRound.objects.select_for_update(of=("self",)).get(pk=round.pk)
