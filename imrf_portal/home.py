"""What the front page shows: what closes next, which dates the forum has ahead, what is open, what is new, a few figures."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from forums.calendar import entries_of
from forums.countdown import until_instant
from forums.models import Call
from forums.timeline import Standing
from forums.windows import Phase
from imrf_portal.context import current
from submissions import schema_org
from submissions.cards import cards
from submissions.figures import figures
from submissions.publication import visible
from submissions.search.vocabulary import vocabulary

LATEST = 5
MORE = 3  # deadlines after the next one, and dates of the forum
AHEAD = (Standing.AHEAD, Standing.DUE_SOON)
OBJECTIVES = 23


def front_page(forums, at) -> dict:
    forum = current(forums, at.date())
    calls = Call.objects.filter(forum=forum).select_related("forum", "round_table").prefetch_related("extensions")
    calls = list(calls) if forum else []
    latest = visible(at).newest_first().lean()[:LATEST]
    return {
        "forum": forum,
        "open_calls": [call for call in calls if call.phase(at) is Phase.OPEN],
        "open_phase": Phase.OPEN,
        **_next_deadline(calls, at),
        "dates": _dates(forum, at) if forum else [],
        "cards": cards(latest, vocabulary(forums, kept=True)),
        "figures": figures(at),
        "all_objectives": OBJECTIVES,
        "schema_org": _site(),
    }


def _dates(forum, at):
    """Duties that are still to be met and the days of the forum itself, the soonest first."""
    entries = entries_of(forum, milestones=forum.milestones.prefetch_related("documents"), calls=(), at=at)
    coming = [entry for entry in entries if entry.day and not entry.is_over(at)]
    return [entry for entry in coming if entry.kind == "days" or entry.state.standing in AHEAD][:MORE]


def _site():
    """The site as search engines know one: its name, and the address that searches it."""
    search = f"{settings.SITE_URL}{reverse('submissions:inputs')}?q={{search_term_string}}"
    name = _("International Migration Review Forum: inputs")
    return schema_org.in_page(schema_org.website(settings.SITE_URL + reverse("home"), name, search))


def _after(calls, first, at):
    """What closes or opens after the one that the card shows, the soonest first; each with its phase and instant."""
    waited = [(call, call.phase(at)) for call in calls if call is not first]
    moments = [
        (call.closes_at if phase is Phase.OPEN else call.opens_at, call, phase)
        for call, phase in waited
        if phase is not Phase.CLOSED
    ]
    dated = sorted((each for each in moments if each[0]), key=lambda each: (each[0], each[1].pk))
    return [{"instant": instant, "call": call, "phase": phase} for instant, call, phase in dated[:MORE]]


def _next_deadline(calls, at):
    """The call that closes next; where none is open, the one that opens next."""
    closing = [call for call in calls if call.phase(at) is Phase.OPEN and call.closes_at]
    opening = [call for call in calls if call.phase(at) is Phase.NOT_YET and call.opens_at]
    call = min(closing, key=lambda call: call.closes_at, default=None)
    call = call or min(opening, key=lambda call: call.opens_at, default=None)
    if call is None:
        return {"next_call": None, "after": []}
    phase = call.phase(at)
    instant = call.closes_at if phase is Phase.OPEN else call.opens_at
    left = until_instant(instant, at, call.forum.zone)
    return {"next_call": call, "next_phase": phase, "next_left": left, "after": _after(calls, call, at)}
