"""Kinds of letters about corrections, additions and wishes: what follows once an input was sent."""

from django.utils.translation import gettext_lazy as _

from accreditation.letter_kinds import sample_person
from forums.letter_kinds import ON
from forums.letters.kinds import Kind, Placeholder, register
from forums.templatetags.moments import in_words
from submissions.letter_kinds import (
    INPUT,
    NOTE,
    PUBLIC,
    RECEIPT,
    SENDERS,
    sample_content,
    sample_draft,
    sample_version,
)
from submissions.models import Act, LateOpening, Proposal, ProposalStep, PublicityRequest, Submission
from submissions.notifications import about_proposal, people_of_proposal, template_of_proposal

Status = Proposal.Status
NUMBER = (Placeholder("number", _("number of this version"), lambda about: about["version"].symbol),)
OPENING = (
    Placeholder("until", _("until when it takes additions"), lambda a: in_words(a["opening"].closes_at, a["forum"].zone)),
    Placeholder("reason", _("reason, as the desk wrote it"), lambda about: about["opening"].reason),
)
KINDS = (  # act, to status, name, what it knows beside the input
    (Act.CORRECTION, Status.PROPOSED, _("A correction was received: the receipt"), RECEIPT),
    (Act.CORRECTION, Status.APPROVED, _("A correction is public"), (*NUMBER, *PUBLIC)),
    (Act.CORRECTION, Status.REFUSED, _("A correction was not taken over"), (*NUMBER, *NOTE)),
    (Act.ADDITION, Status.PROPOSED, _("An addition was received: the receipt"), RECEIPT),
    (Act.ADDITION, Status.APPROVED, _("An addition was approved"), (*NUMBER, *PUBLIC)),
    (Act.ADDITION, Status.REFUSED, _("An addition is not shown"), (*NUMBER, *NOTE)),
)


def _sample_submission():
    submission = sample_draft()
    submission.reference, submission.status = "IMRF-2026-I-00042", Submission.Status.PUBLISHED
    return submission


def _sample(act, became):
    def sample():
        submission = _sample_submission()
        version = sample_version(submission, sample_content(submission), act)
        proposal = Proposal(submission=submission, act=act, status=became, version=version, reason="The year is wrong.")
        step = ProposalStep(proposal=proposal, became=became, at=ON, note="The figures of the annex say otherwise.")
        return {**about_proposal(step), "person": sample_person()}

    return sample


def _newest(act, became):
    def newest(user, at):
        seen = Proposal.objects.visible_to(user).filter(act=act)
        steps = ProposalStep.objects.filter(proposal__in=seen, became=became).order_by("-at")
        related = ("proposal__version", "proposal__submission__call__forum", "proposal__submission__organisation")
        step = steps.select_related(*related).first()
        if step is None:
            return None
        people = people_of_proposal(step.proposal)
        return {**about_proposal(step), "person": people[0] if people else user}

    return newest


def _sample_opening():
    submission = _sample_submission()
    opening = LateOpening(submission=submission, closes_at=ON, at=ON, reason="The annex was published after the closing.")
    return {"submission": submission, "opening": opening, "forum": submission.call.forum, "person": sample_person()}


def _sample_wish():
    submission = _sample_submission()
    wish = PublicityRequest(
        submission=submission,
        wanted=Submission.PublishAs.STATISTICS,
        granted=False,
        answer="The input is quoted in the report that was circulated.",
    )
    return {"submission": submission, "wish": wish, "forum": submission.call.forum, "person": sample_person()}


register(
    *(
        Kind(template_of_proposal(act, became), name, SENDERS, (*INPUT, *more), _sample(act, became), _newest(act, became))
        for act, became, name, more in KINDS
    ),
    Kind(
        "submissions/addition_opened",
        _("An input is opened for an addition after the closing"),
        _("Everybody who speaks for the organisation"),
        (*INPUT, *OPENING),
        _sample_opening,
    ),
    Kind(
        "submissions/wish_refused",
        _("A wish that the public see less is refused"),
        _("Everybody who speaks for the organisation"),
        (*INPUT, Placeholder("reason", _("reason, as the desk wrote it"), lambda about: about["wish"].answer)),
        _sample_wish,
    ),
)
