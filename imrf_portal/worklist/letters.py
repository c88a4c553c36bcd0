"""Letters that did not go, own words that failed, and steps that nobody was told of."""

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


def letters(user, at):
    if not user.has_perm("forums.view_letter"):
        return []
    states, seen = states_of_letters(at), Letter.objects.visible_to(user)
    return [
        Waiting(label(), seen.filter(states[state]), link(Letter, state=state), "written_at", late=state != "held")
        for state, label in LETTERS.items()
    ]


def wordings(user):
    """Own words that could not be filled in; the shipped letters went out instead."""
    if not user.has_perm("forums.change_wording"):
        return []
    wrong = Wording.objects.exclude(trouble="")
    return [Waiting(_("Wordings that could not be filled in"), wrong, link(Wording, trouble="yes"), late=True)]


def silent_steps(user, at):
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
        if not user.has_perm(permission):
            continue
        seen = model.objects.all()
        if parents is not None:
            parent = model._meta.get_field(parents._meta.model_name).name
            seen = seen.filter(**{f"{parent}__in": parents.objects.visible_to(user).values("pk")})
        silent = steps_by_letters(seen, at)["silent"]
        lines.append(Waiting(label, silent, link(model, letters="silent"), "at", late=True))
    return lines
