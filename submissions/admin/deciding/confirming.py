"""The letters of a decision on an input before it is taken; beside what all decisions offer, it can be staged for later."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accreditation.admin.confirming import OWN, Confirmation
from accreditation.entrance import forget_typed
from forums.refusals import Refused
from submissions import operations
from submissions.models import DecisionRound, SubmissionStep
from submissions.notifications import template_of

BY_ACTION = {"publish_at": "publish"}  # what a decision is kept as, where it is another one with more words


def carry_out(room, request, submission, decision, words):
    """The page with the letters, or None when it is done. Raises Refused as the decision does."""
    return OfInput(room, request, submission, decision, words, operations.INPUTS).carry_out()


class OfInput(Confirmation):
    template = "admin/submissions/submission/letters.html"
    choices = (*Confirmation.choices, "later")
    mine = (*Confirmation.mine, "round")

    def tells(self):
        step = SubmissionStep(submission=self.thing, was=self.thing.status, became=self.decision.to)
        return template_of(step) is not None

    def chosen(self, pressed, rehearsal):
        ask_whether_later(pressed, self.request.POST)
        return super().chosen(pressed, rehearsal)

    def otherwise(self, pressed, rehearsal, letters):
        """Nothing happens to the input: the decision waits in a round until a second person releases it."""
        submission, request = self.thing, self.request
        kept = {"decision": BY_ACTION.get(self.decision.key, self.decision.key), "words": self.words, "letters": letters}
        seen_step = submission.moves[-1].pk if submission.moves else 0
        try:
            with transaction.atomic():  # no round is begun by a staging that is refused
                to = operations.open_round(submission.call, name=request.POST.get("round", ""), by=request.user, at=self.at)
                operations.stage(submission, round=to, by=request.user, at=self.at, seen_step=seen_step, **kept)
        except Refused as why:
            return self.page(rehearsal, wrong=str(why))
        forget_typed(request, request.path)
        messages.success(request, _("The decision is staged. Nobody is told before a second person releases the round."))
        return redirect(request.get_full_path())

    def context(self, rehearsal, typed, wrong):
        return {
            **super().context(rehearsal, typed, wrong),
            "named": self.thing.reference,
            "stageable": is_stageable(self.decision),
            "rounds": DecisionRound.objects.open().filter(call=self.thing.call_id).values_list("name", flat=True),
            "round": typed.get("round", ""),
        }


def ask_whether_later(pressed, fields):
    """Refused where a round was named and something else pressed: Enter in that field presses the first button there is."""
    if pressed != "later" and fields.get("round", "").strip():
        raise Refused(_("You named a round. Press “Stage it for later”, or empty the name of the round."))


def is_stageable(decision) -> bool:
    act = operations.ACTS.get(BY_ACTION.get(decision.key, decision.key))
    return act is not None and act.stageable


__all__ = ["BY_ACTION", "OWN", "ask_whether_later", "carry_out", "is_stageable"]
