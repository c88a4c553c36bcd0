"""Corrections and additions, as their author proposes them: begun as a draft, sent beside the input, taken back."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from forums.clock import database_now
from forums.refusals import Closed, Refused
from forums.windows import Phase
from submissions.models import Act, Proposal, Submission
from submissions.operations import joining
from submissions.operations.amending import begin_draft
from submissions.operations.drafting import FORM

Status = Submission.Status
ADDABLE = (Status.SUBMITTED, Status.UNDER_REVIEW, Status.ACCEPTED, Status.PUBLISHED)
OWN_WORDS = ("title", "summary", "text", "files", *FORM)  # what an addition does not begin with


@transaction.atomic
def correct(submission, *, by, at=None, reason):
    """Begin to correct what is public, or go on with it; returns the draft that holds the correction.

    A revision that was begun and not sent before the closing becomes the correction, so that nothing typed is lost.
    Refused while another correction waits for the desk, where nothing is public, and without a reason.
    """
    at = at or database_now()
    sent = _held(submission)
    if begun := _begun(sent, Act.CORRECTION):
        return begun
    ask_whether_correctable(sent)
    if not reason.strip():
        raise Refused(_("Say what is wrong in the published text: the desk decides by it."))
    if sent.proposals.waiting().filter(act=Act.CORRECTION).exists():
        raise Refused(_("A correction of this input waits for the desk. Take it back first, or wait for the answer."))
    draft = sent.amendments.first() or begin_draft(sent, by=by, at=at)
    _ask_whether_free(draft)
    return _begin(sent, draft, Act.CORRECTION, by=by, at=at, reason=reason.strip())


@transaction.atomic
def add(submission, *, by, at=None):
    """Begin a further document under the same reference, or go on with it; returns the draft that holds it.

    Closed where the call has closed, by PostgreSQL's clock, and the desk has not opened the input for additions.
    """
    at = at or database_now()
    sent = _held(submission)
    if begun := _begun(sent, Act.ADDITION):
        return begun
    ask_whether_open_for_additions(sent, at)
    if sent.amendments.exists():
        raise Refused(_("A change to this input was begun and is not sent. Send it or discard it, then add."))
    draft = begin_draft(sent, by=by, at=at, without=OWN_WORDS)
    return _begin(sent, draft, Act.ADDITION, by=by, at=at)


@transaction.atomic
def take_back(proposal, *, by, at):
    """Take back what waits for the desk; its receipt and its symbol stay, it is never public, nobody leaves with it."""
    step = proposal.move(Proposal.Status.TAKEN_BACK, by=by, at=at)
    joining.keep_those_that_were_to_leave(proposal)
    return step


def ask_whether_correctable(sent):
    """Refused unless the input is public and its author wrote it here."""
    if sent.status != Status.PUBLISHED or sent.recorded_by_desk:
        raise Refused(
            _("“%(reference)s” is “%(status)s” now. Only a published input is corrected; open it to see what is possible.")
            % {"reference": sent.reference, "status": sent.get_status_display()}
        )


def ask_whether_open_for_additions(sent, at) -> bool:
    """Whether an addition is late at that instant; Refused or Closed where there can be none."""
    if sent.status not in ADDABLE or sent.recorded_by_desk:
        raise Refused(
            _("“%(reference)s” is “%(status)s” now, and nothing can be added. Open it to see what is possible.")
            % {"reference": sent.reference, "status": sent.get_status_display()}
        )
    if sent.call.phase(at) is Phase.OPEN:
        return False
    if sent.late_openings.filter(at__lte=at, closes_at__gt=at).exists():
        return True
    raise Closed(
        _("“%(call)s” has closed, so nothing can be added by itself. Ask the desk to open the input for an addition.")
        % {"call": sent.call}
    )


def _held(submission):
    held = Submission.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("call__forum", "organisation").get(pk=submission.pk)


def _begun(sent, act):
    proposal = sent.proposals.filter(act=act, status=Proposal.Status.DRAFT).select_related("draft").first()
    return proposal.draft if proposal else None


def _ask_whether_free(draft):
    """One draft holds one thing: an addition that was begun is not turned into a correction."""
    if Proposal.objects.filter(draft=draft).exists():
        raise Refused(_("An addition to this input was begun and is not sent. Send it or discard it, then correct."))


def _begin(sent, draft, act, *, by, at, reason=""):
    try:
        with transaction.atomic():
            Proposal.objects.create(submission=sent, act=act, draft=draft, reason=reason, asked_by=by, asked_at=at)
    except IntegrityError as why:
        raise Refused(_("Somebody else has just begun this. Open the input again.")) from why
    return draft
