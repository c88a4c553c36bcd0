"""Letters that did not go, own words that failed, and steps that nobody was told of."""

from functools import partial

from django.utils.translation import gettext as _

from accreditation.models import Accreditation, AccreditationStep, SpeakingRequestStep, SupportRequestStep
from forums.admin.letters import states_of_letters
from forums.admin.steps import steps_by_letters
from forums.models import Letter, Wording
from imrf_portal.worklist.lines import Waiting, link
from submissions.models import Proposal, ProposalStep, Submission, SubmissionStep

LETTERS = {
    "failed": lambda: _("Letters given up"),
    "bounced": lambda: _("Letters that came back"),
    "stuck": lambda: _("Letters not sent for a quarter of an hour"),
    "held": lambda: _("Letters held"),
}


def letters(user):
    if not user.has_perm("forums.view_letter"):
        return []
    return [
        Waiting(label(), partial(_letters, state), link(Letter, state=state), "written_at", late=state != "held")
        for state, label in LETTERS.items()
    ]


def _letters(state, user, at):
    return Letter.objects.visible_to(user).filter(states_of_letters(at)[state])


def wordings(user):
    """Own words that could not be filled in; the shipped letters went out instead."""
    if not user.has_perm("forums.change_wording"):
        return []
    return [Waiting(_("Wordings that could not be filled in"), _wrong_wordings, link(Wording, trouble="yes"), late=True)]


def _wrong_wordings(user, at):
    return Wording.objects.exclude(trouble="")


def silent_steps(user):
    lines = []
    for model, permission, label, parents in (
        (SubmissionStep, "submissions.view_submissionstep", _("Steps of inputs without letters for a day"), Submission),
        (
            ProposalStep,
            "submissions.view_proposalstep",
            _("Steps of corrections and additions without letters for a day"),
            Proposal,
        ),
        (
            AccreditationStep,
            "accreditation.view_accreditationstep",
            _("Steps of accreditations without letters for a day"),
            Accreditation,
        ),
        (
            SpeakingRequestStep,
            "accreditation.view_speakingrequeststep",
            _("Steps of requests to speak without letters for a day"),
            None,
        ),
        (
            SupportRequestStep,
            "accreditation.view_supportrequeststep",
            _("Steps of requests for support without letters for a day"),
            None,
        ),
    ):
        if user.has_perm(permission):
            silent = partial(_silent, model, parents)
            lines.append(Waiting(label, silent, link(model, letters="silent"), "at", late=True))
    return lines


def _silent(model, parents, user, at):
    """Steps that nobody was told of, of what this person may see."""
    seen = model.objects.all()
    if parents is not None:
        parent = model._meta.get_field(parents._meta.model_name).name
        seen = seen.filter(**{f"{parent}__in": parents.objects.visible_to(user).values("pk")})
    return steps_by_letters(seen, at)["silent"]
