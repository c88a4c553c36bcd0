"""Asking for a second person, agreeing, turning down, taking back. What is agreed to is done as asked or not at all."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.models import SecondPersonRequest
from forums.refusals import MovedMeanwhile, Refused
from forums.second_person import RUNS_OUT_AFTER, act_of
from forums.typed import without_control

LONGEST_REASON = 2000
Outcome = SecondPersonRequest.Outcome


@transaction.atomic
def ask_second_person(code, *, subject, args, reason, by, at) -> SecondPersonRequest:
    """Keep what is asked; nothing is done until somebody else agrees. One request about a thing waits at a time."""
    reason = without_control(reason).strip()[:LONGEST_REASON]
    if not reason:
        raise Refused(_("Say why: whoever has to agree reads it."))
    waiting = SecondPersonRequest.objects.select_for_update().filter(act=code, subject=subject, decided_at=None)
    for former in waiting:
        if former.expires_at > at:
            raise Refused(_("This is asked for already and waits for a second person."))
        _run_out(former, at)
    return SecondPersonRequest.objects.create(
        act=code,
        subject=subject,
        args=args,
        mark=act_of(code).mark(args),
        reason=reason,
        asked_by=by,
        asked_at=at,
        expires_at=at + RUNS_OUT_AFTER,
    )


def agree_as_second(request, *, by, at):
    """Carry out what was asked, in one transaction with the word of the second person.

    Where what was seen has changed, or the act itself refuses, nothing is carried out and the request ends as stale.
    """
    try:
        with transaction.atomic():
            held, act = _held(request, by, at)
            if act.mark(held.args) != held.mark:
                raise Stale(_("What it was asked for has changed since, so nothing was carried out. Ask anew."))
            try:
                act.carry_out(held.args, held.asked_by, by, at)
            except Refused as why:
                raise Stale(str(why)) from why
            return _close(held, Outcome.AGREED, by=by, at=at)
    except Stale as why:
        with transaction.atomic():
            held, act = _held(request, by, at)
            act.drop(held.args, at)
            return _close(held, Outcome.STALE, by=by, at=at, answer=str(why))


class Stale(Exception):
    """It cannot be carried out as it was asked."""


@transaction.atomic
def turn_down_as_second(request, *, by, at, answer):
    """The second person does not agree, and says why."""
    answer = without_control(answer).strip()[:LONGEST_REASON]
    if not answer:
        raise Refused(_("Say why you do not agree: whoever asked reads it."))
    held, act = _held(request, by, at)
    act.drop(held.args, at)
    return _close(held, Outcome.TURNED_DOWN, by=by, at=at, answer=answer)


@transaction.atomic
def take_back_request(request, *, by, at):
    """Whoever asked does not want it any more."""
    held = _open(request)
    if by.pk != held.asked_by_id:
        raise Refused(_("Only whoever asked takes a request back."))
    act_of(held.act).drop(held.args, at)
    return _close(held, Outcome.TAKEN_BACK, by=by, at=at)


def _held(request, by, at):
    held = _open(request)
    act = act_of(held.act)
    if by.pk == held.asked_by_id:
        raise Refused(_("This needs a second person: whoever asked does not decide."))
    if not by.has_perm(act.permission) or not _knows_of(held, by, act):
        raise Refused(_("Somebody who may do this alone has to agree to it."))
    if held.expires_at <= at:
        raise Refused(_("The request has run out. It has to be asked anew."))
    return held, act


def _knows_of(held, by, act) -> bool:
    return SecondPersonRequest.objects.filter(act.narrow(by), pk=held.pk).exists()


def _open(request) -> SecondPersonRequest:
    held = SecondPersonRequest.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=request.pk)
    if held.decided_at is not None:
        raise MovedMeanwhile(
            _("Somebody else has just decided on this. Nothing was overwritten: open the page again to see what happened.")
        )
    return held


def _close(held, outcome, *, by, at, answer=""):
    held.outcome, held.decided_by, held.decided_at, held.answer = outcome, by, at, answer
    held.save(update_fields=["outcome", "decided_by", "decided_at", "answer"])
    return held


def _run_out(held, at):
    act_of(held.act).drop(held.args, at)
    return _close(held, Outcome.RAN_OUT, by=None, at=at)


def end_requests(*, at, most=200) -> int:
    """End the requests that nobody answered in time; returns how many. A sweep."""
    run_out = SecondPersonRequest.objects.filter(decided_at=None, expires_at__lte=at).order_by("pk")
    done = 0
    for pk in list(run_out.values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            held = run_out.select_for_update(skip_locked=True).filter(pk=pk).first()
            if held is not None:
                _run_out(held, at)
                done += 1
    return done
