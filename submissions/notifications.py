"""Which letters a step of an input, or of what is proposed beside it, sends, and to whom."""

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import translation
from django.utils.functional import lazy

from accreditation.models import Membership
from accreditation.permissions import SPEAKS
from forums.operations import write
from forums.operations.rehearsing import as_chosen, choice_of
from submissions import joint_letters
from submissions.models import (
    Clarification,
    LettersChoice,
    Proposal,
    ProposalLettersChoice,
    PublishedInput,
    Recording,
    Submission,
    SubmissionStep,
    Version,
)
from submissions.parts import parts_of
from submissions.public_steps import is_for_author, word_of

Status = Submission.Status
TEMPLATES = {
    Status.SUBMITTED: "submissions/received",
    Status.CLARIFICATION_ASKED: "submissions/clarification_asked",
    Status.ACCEPTED: "submissions/accepted",
    Status.PUBLISHED: "submissions/published",
    Status.NOT_ADMISSIBLE: "submissions/not_admissible",
    Status.WITHDRAWN: "submissions/withdrawn",
}


PROPOSED = {  # with the act before: submissions/correction_received
    Proposal.Status.PROPOSED: "received",
    Proposal.Status.APPROVED: "published",
    Proposal.Status.REFUSED: "refused",
}


def template_of(step):
    """The letter of a step; a decision that is taken back has its own, which supersedes the earlier one."""
    if step.became == Status.UNDER_REVIEW and step.was in (Status.ACCEPTED, Status.NOT_ADMISSIBLE):
        return "submissions/reopened"
    if step.was == Status.WITHDRAWN:
        return "submissions/reinstated"
    if step.was == Status.PUBLISHED and step.became == Status.ACCEPTED:
        return "submissions/taken_down"
    return TEMPLATES.get(step.became)


def recipients(step):
    """Those who speak for the organisation, and whoever sent it; nobody where the desk recorded it from a public source."""
    submission = step.submission
    if submission.recorded_by_desk and not told_of(submission):
        return []
    sender = Subquery(submission.versions.order_by("-number").values("sent_by")[:1])
    members = submission.organisation.memberships.standing().filter(Q(role__in=SPEAKS) | Q(user=sender))
    return [membership.user for membership in members.filter(user__is_active=True).select_related("user")]


def people_of_several(submissions, became, was) -> int:
    """To how many addresses the letters of such a step go for all these inputs, once for each input: those of its
    organisation, of bodies that stand under it, and those that the desk typed. The same statements however many inputs."""
    step = SubmissionStep(was=was, became=became)
    if template_of(step) is None:
        return 0
    pks = [submission.pk for submission in submissions]
    return _own_people(pks) + _typed_addresses(pks) + joint_letters.people_of_several(pks, template_of(step), step)


def _own_people(pks) -> int:
    """As `recipients`, of many inputs."""
    untold = Q(recorded_by_desk=True) & (Q(recording=None) | Q(recording__tells_people=False))
    sender = Subquery(Version.objects.filter(submission=OuterRef("pk")).order_by("-number").values("sent_by")[:1])
    inputs = Submission.objects.filter(pk__in=pks).exclude(untold).annotate(sender=sender)
    told = inputs.filter(
        Q(organisation__memberships__role__in=SPEAKS) | Q(organisation__memberships__user=F("sender")),
        organisation__memberships__in=Membership.objects.standing().filter(user__is_active=True),
    )
    return told.values("pk", "organisation__memberships").distinct().count()


def _typed_addresses(pks) -> int:
    recordings = Recording.objects.filter(submission__in=pks, submission__recorded_by_desk=True)
    return recordings.exclude(letter_to="").count()


def recording_of(submission):
    """How an input reached the desk, or None: it was sent through the form, or copied from a public source."""
    return getattr(submission, "recording", None) if submission.recorded_by_desk and submission.pk else None


def told_of(submission) -> bool:
    recording = recording_of(submission)
    return recording is not None and recording.tells_people


def about_step(step, version=None) -> dict:
    """What the letters of a step say, to whomever they go; the version is the one that stood at this step."""
    submission = step.submission
    version = version or submission.versions.standing().filter(sent_at__lte=step.at).order_by("-number").first()
    about = {"submission": submission, "step": step, "version": version, "forum": submission.call.forum}
    return {**about, **opened_by(step)}


def opened_by(step) -> dict:
    """Of a step that asks: until when it is answered, and the names of the parts that may be changed; else nothing.

    Each letter reads these names anew, in the language of its reader.
    """
    asks = step.pk and step.became == Status.CLARIFICATION_ASKED
    asked = Clarification.objects.filter(step=step.pk).first() if asks else None
    if asked is None:
        return {"question": None, "opened": []}
    opens = asked.opens or ()
    files = list(step.submission.attachments.filter(pk__in=[part[5:] for part in opens if part.startswith("file:")]))

    def names():
        known = parts_of(step.submission, files) if opens else {}
        return [str(known.get(part, part)) for part in opens]

    return {"question": asked, "opened": lazy(names, list)()}


def letters_for(step, *, at):
    """Write the letters of one step, in the words that were decided with it; none where it was decided to send none."""
    template = template_of(step)
    if template is None:
        return []
    choice = choice_of(LettersChoice, step)
    if (choice is not None and choice.withheld) or _was_never_seen(step):
        return []
    return as_chosen(choice, step, _not_before_it_is_public(step, _letters_of(step, template, at)))


def _not_before_it_is_public(step, letters):
    """What is published for a later instant is told at that instant."""
    if step.became != Status.PUBLISHED:
        return letters
    shown = PublishedInput.objects.filter(submission=step.submission_id, visible_at__gt=step.at, taken_down_at=None)
    if visible_at := shown.values_list("visible_at", flat=True).first():
        for letter in filter(None, letters):
            letter.not_before = visible_at
            letter.save(update_fields=["not_before"])
    return letters


def _was_never_seen(step) -> bool:
    """Whether this step published it for an instant that did not come: it was taken down before."""
    if step.became != Status.PUBLISHED:
        return False
    rows = PublishedInput.objects.filter(submission=step.submission_id, taken_down_at__isnull=False)
    return rows.filter(visible_at__gt=F("taken_down_at")).exists()


def _letters_of(step, template, at):
    about = about_step(step)
    if template == TEMPLATES[Status.SUBMITTED] and about["version"].sent_at != step.at:
        template = "submissions/answer_received"  # words alone: the version before still stands
    joint = joint_letters.of_input(template, step, about, at=at)
    return [*_to_typed_address(step, about, at=at), *joint, *_to_people(step, template, about, at=at)]


def _to_typed_address(step, about, *, at):
    """The letter to an address that the desk typed for an author without an account: the receipt, then each public turn."""
    recording = recording_of(step.submission)
    if recording is None or not recording.letter_to:
        return
    about = {**about, "recording": recording}
    first, language = step.was == Status.DRAFT, recording.letter_language or "en"
    yield write(
        "submissions/recorded" if first else "submissions/recorded_news",
        to=recording.letter_to,
        language=language,
        about=about if first else {**about, **news_of(step, language)},
        key=f"submission-step:{step.pk}:recorded",
        forum=about["forum"],
        at=at,
        private=True,  # it carries the address of the status page, which opens without signing in
    )


def news_of(step, language) -> dict:
    """What the letter about a later turn says: its word, and the note where it is meant for the author."""
    with translation.override(language):
        ground = step.get_ground_display() if step.ground else ""
        return {"word": word_of(step), "note": step.note if is_for_author(step) else "", "ground": ground}


def _to_people(step, template, about, *, at):
    return [
        write(
            template,
            to=person.email,
            language=person.language,
            about={**about, "person": person},
            key=f"submission-step:{step.pk}:{person.pk}",
            forum=about["forum"],
            at=at,
        )
        for person in recipients(step)
    ]


# Corrections and additions -------------------------------------------------------------------------------------------


def template_of_proposal(act, became):
    return f"submissions/{act}_{PROPOSED[became]}" if became in PROPOSED else None


def people_of_proposal(proposal):
    """Those who speak for the organisation, and whoever sent it."""
    members = proposal.submission.organisation.memberships.standing()
    members = members.filter(Q(role__in=SPEAKS) | Q(user=proposal.version.sent_by_id), user__is_active=True)
    return [membership.user for membership in members.select_related("user")]


def about_proposal(step) -> dict:
    """What the letters about a correction or an addition say."""
    proposal = step.proposal
    submission = proposal.submission
    forum = submission.call.forum
    return {"submission": submission, "proposal": proposal, "step": step, "version": proposal.version, "forum": forum}


def proposal_letters_for(step, *, at):
    """Write the letters of one step of a correction or an addition, in the words that were decided with it."""
    template = template_of_proposal(step.proposal.act, step.became)
    choice = choice_of(ProposalLettersChoice, step) if template else None
    if template is None or (choice is not None and choice.withheld):
        return []
    about = about_proposal(step)
    letters = [
        write(
            template,
            to=person.email,
            language=person.language,
            about={**about, "person": person},
            key=f"proposal-step:{step.pk}:{person.pk}",
            forum=about["forum"],
            at=at,
        )
        for person in people_of_proposal(step.proposal)
    ]
    return as_chosen(choice, step, letters)
