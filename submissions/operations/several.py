"""Decisions on several inputs at once: kept as lines first, then carried out one by one, so that nothing is half done.

Each line is a transaction of its own: done, or skipped with the reason. A worker goes on where a request stopped.
"""

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from forums.refusals import Refused
from submissions.models import DecisionLine, DecisionRound, Submission
from submissions.operations.acts import act_of
from submissions.operations.deciding import Letters, decide

MOST_AT_ONCE = 500
AT_ONCE_IN_A_REQUEST = 25
Result, State = DecisionLine.Result, DecisionRound.State


@transaction.atomic
def begin_round(chosen, *, decision, words, letters, name, by, at, came_from="", state=State.WORKING) -> DecisionRound:
    """Keep what was decided about these inputs; `chosen` holds each with the last step that its decider saw."""
    if not chosen:
        raise Refused(_("Nothing was chosen. Nothing was done."))
    if len(chosen) > MOST_AT_ONCE:
        raise Refused(_("Choose at most %(most)d at once. Nothing was done.") % {"most": MOST_AT_ONCE})
    act_of(decision)
    made = DecisionRound.objects.create(name=name[:120], came_from=came_from[:2000], state=state, by=by, at=at)
    kept = {"withheld": letters.withheld, "reason": letters.reason, "words": letters.words}
    DecisionLine.objects.bulk_create(
        DecisionLine(
            round=made, submission_id=pk, decision=decision, words=words, letters=kept, seen_step=step, by=by, at=at
        )
        for pk, step in chosen
    )
    return made


def last_steps(submissions) -> dict:
    """The last step of each of these inputs, in one statement."""
    return dict(submissions.order_by().values_list("pk").annotate(last=Max("steps__pk")))


def work_on_rounds(*, at, most=200) -> int:
    """Carry out lines that wait, oldest round first; returns how many were settled. A sweep; twice does nothing twice."""
    done = 0
    for pk in list(DecisionRound.objects.filter(state=State.WORKING).order_by("at").values_list("pk", flat=True)):
        done += carry_out(pk, at=at, most=most - done)
        if done >= most:
            break
    return done


def carry_out(round_pk, *, at, most=AT_ONCE_IN_A_REQUEST, language="") -> int:
    """Carry out up to so many lines of a round that is being worked on; returns how many.

    Why one was skipped is said in `language`, or in that of whoever decided.
    """
    waiting = DecisionLine.objects.waiting().filter(round=round_pk, round__state=State.WORKING)
    pks = list(waiting.order_by("pk").values_list("pk", flat=True)[:most])
    done = sum(_carry_out_one(pk, at, language) for pk in pks)
    if not waiting.exists():
        DecisionRound.objects.filter(pk=round_pk, state=State.WORKING).update(state=State.DONE)
    return done


def _carry_out_one(pk, at, language) -> bool:
    """Settle one line: done, or skipped and why."""
    with transaction.atomic():
        lines = DecisionLine.objects.waiting().select_related("by")
        line = lines.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
        if line is None:
            return False
        with translation.override(language or line.by.language):
            try:
                with transaction.atomic():
                    line.step = carry_out_line(line, at=at)
                line.result, line.why = Result.DONE, ""
            except Refused as why:
                line.step, line.result, line.why = None, Result.SKIPPED, str(why)
        line.settled_at = at
        line.save(update_fields=["step", "result", "why", "settled_at"])
        return True


def carry_out_line(line, *, at):
    """Do what the line says, by whoever decided it; returns the step. Raises Refused where it no longer fits."""
    submission = Submission.objects.select_related("call__forum", "organisation").get(pk=line.submission_id)
    ask_line(line, submission)
    letters = Letters(**line.letters) if line.letters else Letters()
    return decide(submission, act_of(line.decision).act, by=line.by, at=at, letters=letters, **line.words)


def ask_line(line, submission):
    """Raise Refused where the person may not, or where something happened to the input since it was decided."""
    if not act_of(line.decision).may(line.by, submission):
        raise Refused(_("It was decided by somebody who may not decide on this input."))
    if submission.steps.filter(pk__gt=line.seen_step).exists():
        raise Refused(
            _("Something happened to it since it was decided: it is “%(status)s” now. Nothing was overwritten.")
            % {"status": submission.get_status_display()}
        )
