"""What the signed-in person's page shows: what is open, what waits for them, what they sent, for whom they act."""

from datetime import timedelta

from django.db.models import F, Prefetch

from accreditation.models import Accreditation, Membership
from accreditation.non_objection.telling import as_told, with_held_back
from accreditation.operations import invitations_for
from accreditation.permissions import SPEAKS, organisations_written_for
from forums.models import CalendarKey, Call
from imrf_portal.open_calls import chances
from submissions.beside_the_row import read_beside, spread
from submissions.models import Attachment, CoSponsor, Submission
from submissions.operations.co_sponsor_reminding import in_hand
from submissions.operations.submitting import missing
from submissions.public_steps import way_of
from submissions.sealed_words import with_redactions

MOST = 20
MOST_SENT = 5
ANSWERS_STAND = timedelta(days=30)  # how long the page says that a request was turned down
Status = Submission.Status


def page_of(user, at) -> dict:
    """Everything on the page of this person at that moment; the number of queries does not grow with what they have."""
    memberships = memberships_of(user)
    writes_for = list(organisations_written_for(user).order_by("name", "pk"))
    return {
        "memberships": [membership for membership in memberships if membership.since],
        "asked": [membership for membership in memberships if not membership.since],
        "turned_down": turned_down(user, at),
        "invitations": invitations_for(user).open(at).select_related("organisation", "by")[:MOST],
        "requests": requests_for(user),
        "writes_for": {organisation.pk for organisation in writes_for},
        "joint": asked_jointly(user),
        "questions": inputs_of(user, Status.CLARIFICATION_ASKED),
        "drafts": drafts_of(user),
        "sent": sent_by(user),
        "chances": chances(calls_open_to_forms(at), writes_for, at),
        "more_asked": Accreditation.objects.of(user).filter(status="more_asked").select_related("organisation")[:MOST],
        "calendar_key": CalendarKey.objects.filter(user=user).first(),
        "at": at,
    }


def memberships_of(user) -> list:
    """Those in force and those asked for, with the organisation and its live accreditations, as they may know of them."""
    standings = with_held_back(Accreditation.objects.live().select_related("basis", "forum"))
    memberships = list(
        Membership.objects.filter(user=user, until__isnull=True)
        .select_related("organisation")
        .prefetch_related(Prefetch("organisation__accreditations", standings, to_attr="standings"))
        .order_by("organisation__name")
    )
    for membership in memberships:
        membership.organisation.standings = [as_told(each) for each in membership.organisation.standings]
    return memberships


def turned_down(user, at):
    """Requests to join that were answered with no a short while ago."""
    ended = Membership.objects.filter(user=user, ended=Membership.Ended.TURNED_DOWN, until__gt=at - ANSWERS_STAND)
    return ended.select_related("organisation").order_by("-until")[:MOST]


def requests_for(user):
    """People who ask to join an organisation for which this person may answer."""
    speaks_for = Membership.objects.standing().filter(user=user, role__in=SPEAKS)
    asked = Membership.objects.asked().filter(organisation__in=speaks_for.values("organisation"))
    return asked.select_related("organisation", "user").order_by("asked_at")[:MOST]


def asked_jointly(user):
    """Inputs of others about which an organisation has to answer for which this person may."""
    speaks_for = Membership.objects.standing().filter(user=user, role__in=SPEAKS)
    rows = CoSponsor.objects.bodies().filter(answer="", organisation__in=speaks_for.values("organisation"))
    rows = rows.filter(in_hand()).select_related("organisation", "submission__organisation", "submission__call__forum")
    rows = rows.prefetch_related(with_redactions("submission__redactions"))
    return rows.order_by(F("submission__call__closes_at").asc(nulls_last=True), "invited_at")[:MOST]


def inputs_of(user, status):
    """Inputs in one status, those whose call closes first at the top."""
    own = Submission.objects.of(user).filter(status=status).select_related("call__forum", "organisation")
    return own.order_by(F("call__closes_at").asc(nulls_last=True), "-saved_at")[:MOST]


def drafts_of(user) -> list:
    """Unsent drafts, each with what it still lacks; its lists come with its row, its files with those of all others."""
    files = Prefetch("attachments", Attachment.objects.kept(), to_attr="kept_files")
    drafts = list(read_beside(inputs_of(user, Status.DRAFT), user.pk).prefetch_related(files))
    for draft in drafts:
        spread(draft, user)
        draft.lacks = list(missing(draft, files=draft.kept_files).values())
    return drafts


def sent_by(user):
    """What was sent last, each with its way so far in public words."""
    own = Submission.objects.of(user).exclude(status=Status.DRAFT).select_related("call__forum", "organisation")
    sent = list(own.order_by("-received_at").prefetch_related("steps")[:MOST_SENT])
    for submission in sent:
        submission.way = way_of(submission)
    return sent


def calls_open_to_forms(at):
    """Calls that take inputs through the form, open ones and those still to open, the next closing first."""
    calls = Call.objects.for_inputs().filter(recorded_by_desk_only=False, opens_at__isnull=False)
    return calls.exclude(closes_at__lte=at).select_related("forum").order_by(F("closes_at").asc(nulls_last=True))[:MOST]
