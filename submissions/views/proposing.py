"""Corrections and additions on the author's side: begun here, written on the page of drafts, taken back here."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation.entrance import signed_in
from forums.refusals import Refused
from forums.typed import posted_by
from submissions import operations, permissions
from submissions.forms import CorrectionForm
from submissions.models import Proposal, ProposalStep
from submissions.views.own import own_input

Status = Proposal.Status


def beside(user, submission, at) -> dict:
    """For the page of an input: what is proposed beside it, and what its author may propose; the operations decide."""
    proposals = list(submission.proposals.select_related("version").order_by("-asked_at", "-pk"))
    writes = permissions.may_edit(user, submission) and not submission.recorded_by_desk
    told = {step.proposal_id: step.note for step in _refusals(submission)} if proposals else {}
    for proposal in proposals:
        proposal.answer = told.get(proposal.pk, "")
        proposal.may_be_taken_back = proposal.status == Status.PROPOSED and permissions.may_withdraw(user, submission)
    live = {proposal.act for proposal in proposals if proposal.status in (Status.DRAFT, Status.PROPOSED)}
    return {
        "proposals": [proposal for proposal in proposals if proposal.status != Status.DRAFT],
        "may_correct": writes and submission.status == "published" and "correction" not in live,
        "may_add": writes and _may_add(submission, at),
    }


def _refusals(submission):
    return ProposalStep.objects.filter(proposal__submission=submission, became=Status.REFUSED).order_by("at", "pk")


def _may_add(submission, at) -> bool:
    try:
        operations.ask_whether_open_for_additions(submission, at)
    except Refused:
        return False
    return True


@signed_in
def correct(request, pk):
    """Say what is wrong in the published text, then write the correction as a draft."""
    submission = own_input(request, pk, may=permissions.may_edit)
    form = CorrectionForm(posted_by(request))
    if form.is_valid():
        try:
            draft = operations.correct(submission, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as why:
            form.add_error(None, str(why))
        else:
            return redirect("submissions:edit", draft.pk)
    return render(request, "submissions/participant/correct.html", {"submission": submission, "form": form})


@signed_in
def add(request, pk):
    """Begin a further document under the same reference, or go on with it."""
    submission = own_input(request, pk, may=permissions.may_edit)
    if request.method != "POST":
        return redirect(submission)
    try:
        draft = operations.add(submission, by=request.user)
    except Refused as why:
        messages.error(request, str(why))
        return redirect(submission)
    return redirect("submissions:edit", draft.pk)


@signed_in
def take_back(request, pk, proposal):
    """Take back what waits for the desk."""
    submission = own_input(request, pk, may=permissions.may_withdraw)
    proposal = get_object_or_404(submission.proposals.sent(), pk=proposal)
    if request.method == "POST":
        try:
            operations.take_back(proposal, by=request.user, at=now())
        except Refused as why:
            messages.error(request, str(why))
        else:
            messages.success(request, _("It was taken back. Its number and its receipt stay."))
    return redirect(submission)
