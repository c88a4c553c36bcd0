"""What the signed-in person's page shows: what is open, what waits for them, what they sent, for whom they act."""

from datetime import timedelta

from django.db.models import F, Prefetch

from accreditation.models import Accreditation, Membership
from accreditation.non_objection.telling import as_told, with_held_back
from accreditation.operations import invitations_for
from accreditation.permissions import SPEAKS, organisations_written_for
from forums.models import CalendarKey, Call
from submissions.models import Submission

MOST = 20
ANSWERS_STAND = timedelta(days=30)  # how long the page says that a request was turned down
Status = Submission.Status


def page_of(user, at) -> dict:
    """Everything on the page of this person at that moment; the number of queries does not grow with what they have."""
    memberships = memberships_of(user)
    return {
        "memberships": [membership for membership in memberships if membership.since],
        "asked": [membership for membership in memberships if not membership.since],
        "turned_down": turned_down(user, at),
        "invitations": invitations_for(user).open(at).select_related("organisation", "by")[:MOST],
        "requests": requests_for(user),
        "writes_for": set(organisations_written_for(user).values_list("pk", flat=True)),
        "questions": inputs_of(user, Status.CLARIFICATION_ASKED),
        "drafts": inputs_of(user, Status.DRAFT),
        "sent": sent_by(user),
        "calls": [(call, call.phase(at)) for call in calls_open_to_forms(at)],
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


def inputs_of(user, status):
    """Inputs in one status, those whose call closes first at the top."""
    own = Submission.objects.of(user).filter(status=status).select_related("call__forum", "organisation")
    return own.order_by(F("call__closes_at").asc(nulls_last=True), "-saved_at")[:MOST]


def sent_by(user):
    own = Submission.objects.of(user).exclude(status=Status.DRAFT).select_related("call__forum", "organisation")
    return own.order_by("-received_at")[:5]


def calls_open_to_forms(at):
    """Calls that take inputs through the form, open ones and those still to open, the next closing first."""
    calls = Call.objects.for_inputs().filter(recorded_by_desk_only=False, opens_at__isnull=False)
    return calls.exclude(closes_at__lte=at).select_related("forum").order_by(F("closes_at").asc(nulls_last=True))[:MOST]
