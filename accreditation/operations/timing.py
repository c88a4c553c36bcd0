"""When an application can be sent: a call for accreditation decides where its basis needs one; else at any time."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from forums.lateness import closing_in_words
from forums.models import Call
from forums.refusals import Closed
from forums.windows import Phase


def calls_of(forum, basis):
    """The calls for accreditation that decide when this basis is applied for, or None where no call does.

    What Member States decide is applied for in a call only; another basis where a call names it.
    """
    calls = list(Call.objects.filter(forum=forum, purpose=Call.Purpose.ACCREDITATION))
    named = [call for call in calls if basis.code in call.bases]
    if basis.non_objection:
        return named + [call for call in calls if not call.bases]
    return named or None


def call_now(forum, basis, at):
    """The call that decides at that moment: the open one, else the one opening next, else the one that closed last."""
    calls = calls_of(forum, basis)
    if not calls:
        return None
    rank = {Phase.OPEN: 0, Phase.NOT_YET: 1, Phase.CLOSED: 2}

    def order(call):
        phase = call.phase(at)
        edge = call.closes_at if phase is not Phase.NOT_YET else call.opens_at
        seconds = edge.timestamp() if edge else float("inf")
        return rank[phase], -seconds if phase is Phase.CLOSED else seconds

    return min(calls, key=order)


def ask_the_window(forum, basis, at):
    """Raise Closed with a whole sentence where the basis is applied for in a call and none is open at that moment."""
    calls = calls_of(forum, basis)
    if calls is None:
        return
    grace = settings.GRACE_SECONDS
    if any(call.window.with_grace(grace).phase(at) is Phase.OPEN for call in calls):
        return
    call = call_now(forum, basis, at)
    if call is None:
        raise Closed(
            _("No call for “%(basis)s” is open yet for %(forum)s. Your application is kept as a draft; send it once one is.")
            % {"basis": basis, "forum": forum}
        )
    if call.phase(at) is Phase.NOT_YET:
        raise Closed(
            _("“%(call)s” is not yet open. Your application is kept as a draft; send it once the call opens.")
            % {"call": call}
        )
    raise Closed(
        _(
            "“%(call)s” closed on %(instant)s, %(late)s before your application arrived, so it was not sent. It is kept as "
            "a draft. To ask for an extension write to %(contact)s."
        )
        % closing_in_words(call, at)
    )
