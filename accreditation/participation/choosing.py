"""The desk chooses speakers: staged one by one, released together and dated, moved up from the reserve list in its order."""

from zlib import crc32

from django.db import transaction
from django.db.models import Max
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation.models import SpeakerRelease, SpeakingLettersChoice, SpeakingRequest, SpeakingRequestStep
from accreditation.participation.places import permits_at
from accreditation.participation.wishing import UNSTAGED
from accreditation.permissions import belongs_to
from forums.models import Session
from forums.operations.rehearsing import AS_WRITTEN
from forums.operations.rehearsing_many import keep_for_all
from forums.refusals import MovedMeanwhile, Refused, StandsAgainst

Status = SpeakingRequest.Status
STAGEABLE = (Status.REQUESTED, Status.RESERVE, Status.NOT_CHOSEN)
SPOKEN_OF = ("status", "speaker", "function", "gender", "spoke_before", "language", "topic", "name_public")


def requests_of(session):
    """The wishes of a session in the order of the alphabet. By arrival they are not listed: who is quick is not better."""
    wishes = SpeakingRequest.objects.filter(session=session).select_related(
        "session__forum",
        "accreditation__forum",
        "accreditation__basis",
        "accreditation__organisation__country",
        "staged_by",
    )
    return wishes.order_by("accreditation__organisation__name", "pk")


def seen_of(wish) -> str:
    """A short mark of a wish and of what is staged for it: another one where anything was changed meanwhile."""
    said = [getattr(wish, name) for name in (*SPOKEN_OF, "staged", "staged_reason", "reserve_position")]
    return f"{crc32(repr([str(value) for value in said]).encode()):08x}"


# Staging -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def stage(wish, *, choice, place=None, reason="", seen, by, at):
    """Say as what a wish will be released: "chosen", "reserve" with a place, "not_chosen", or "" for not yet.

    Nobody outside the desk sees it. Raises MovedMeanwhile where the wish is no longer what `seen` marks.
    """
    now = (
        SpeakingRequest.objects.select_for_update(of=("self",)).select_related("accreditation__organisation").get(pk=wish.pk)
    )
    organisation = now.accreditation.organisation
    if belongs_to(by, organisation):
        raise Refused(_("Nobody decides about a request of their own organisation. Leave it to a colleague."))
    if seen_of(now) != seen:
        raise MovedMeanwhile(_("Somebody has changed this request or its choice after you opened the page."))
    if choice and not now.may_move(choice):
        raise Refused(
            _("%(organisation)s is “%(status)s” and cannot become that. Choose another outcome, or none.")
            % {"organisation": organisation, "status": now.get_status_display()}
        )
    if now.status not in STAGEABLE:
        raise Refused(_("%(organisation)s has its answer already.") % {"organisation": organisation})
    now.staged, now.staged_reason, now.staged_by = choice, reason, by if choice else None
    if choice != Status.RESERVE:
        place = now.reserve_position if now.status == Status.RESERVE and not choice else None
    now.reserve_position = place
    now.save(update_fields=["staged", "staged_reason", "staged_by", "reserve_position"])
    return now


# Releasing -----------------------------------------------------------------------------------------------------------


def last_release(session) -> int:
    """The number of the newest release of this session's speakers; 0 before the first."""
    return session.speaker_releases.values_list("number", flat=True).first() or 0


def seen_of_all(session, wishes) -> str:
    """A mark of everything that a preview shows."""
    whole = [last_release(session), *(f"{wish.pk}:{seen_of(wish)}" for wish in wishes)]
    return f"{crc32(repr(whole).encode()):08x}"


def stands_against(wishes, at) -> list[str]:
    """Why these choices cannot be released now, each a whole sentence; empty where they can."""
    reasons = []
    waiting = [wish for wish in wishes if wish.status == Status.REQUESTED and not wish.staged]
    if waiting:
        sentence = ngettext(
            "%(n)d request has no choice yet, but everybody must be answered: %(who)s.",
            "%(n)d requests have no choice yet, but everybody must be answered: %(who)s.",
            len(waiting),
        )
        reasons.append(sentence % {"n": len(waiting), "who": _names(waiting)})
    if not any(wish.staged for wish in wishes):
        reasons.append(_("Nothing is staged, so there is nothing to release."))
    speak = (Status.CHOSEN, Status.RESERVE)
    fallen = [wish for wish in wishes if wish.staged in speak and not permits_at(wish.accreditation, at).speak]
    if fallen:
        sentence = _("The standing does not permit to speak any more, so they can only be “not chosen”: %(who)s.")
        reasons.append(sentence % {"who": _names(fallen)})
    return reasons + _wrong_places(wishes)


def _wrong_places(wishes) -> list[str]:
    reserve = [wish for wish in wishes if _becomes(wish) == Status.RESERVE]
    without = [wish for wish in reserve if wish.reserve_position is None]
    reasons = []
    if without:
        reasons.append(_("Give each on the reserve list a place: %(who)s.") % {"who": _names(without)})
    places = [wish.reserve_position for wish in reserve if wish.reserve_position is not None]
    if len(set(places)) < len(places):
        twice = sorted({str(place) for place in places if places.count(place) > 1})
        reasons.append(_("Two requests have the same place on the reserve list: %(places)s.") % {"places": ", ".join(twice)})
    return reasons


def _becomes(wish) -> str:
    return wish.staged or wish.status


def _names(wishes) -> str:
    return get_text_list([wish.accreditation.organisation.name for wish in wishes], _("and"))


def ask_release(session, wishes, *, seen, at):
    """Raise Refused if these wishes cannot be answered now, or are not what `seen` marks."""
    if seen_of_all(session, wishes) != seen:
        raise MovedMeanwhile(
            _("The requests or the choices were changed, or released, after this preview was made. Nothing was released.")
        )
    if reasons := stands_against(wishes, at):
        raise StandsAgainst(reasons)


@transaction.atomic
def release(session, *, seen, note="", letters=AS_WRITTEN, by, at):
    """Make what is staged the answer to everybody, at one moment; the letters go out together with the next sweep.

    `seen` is the mark of the preview (seen_of_all): whoever releases second, or what was not previewed, is refused.
    """
    Session.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    wishes = list(requests_of(session).select_for_update(of=("self",)))
    ask_release(session, wishes, seen=seen, at=at)
    released = SpeakerRelease.objects.create(session=session, number=last_release(session) + 1, at=at, by=by, note=note)
    steps = [answer(wish, by=by, at=at) for wish in wishes if wish.staged]
    keep_for_all(SpeakingLettersChoice, steps, letters, owes=True, by=by, at=at)
    return released


def answer(wish, *, by, at):
    """Make what is staged for a wish its answer; returns the step."""
    return wish.move(wish.staged, by=by, at=at, note=wish.staged_reason, **UNSTAGED)


# The reserve list ----------------------------------------------------------------------------------------------------


def free_places(session) -> int:
    """How many places were given up since the last release and not yet given to somebody else.

    What came before the release and what after it, the numbers of the steps say: two clocks could disagree.
    """
    last = session.speaker_releases.first()
    if last is None:
        return 0
    steps = SpeakingRequestStep.objects.filter(request__session=session)
    answers = steps.filter(at=last.at).exclude(became=Status.WITHDRAWN).aggregate(last=Max("pk"))["last"]
    since = steps.filter(pk__gt=answers or 0)
    return max(since.filter(was=Status.CHOSEN).count() - since.filter(became=Status.CHOSEN).count(), 0)


def first_in_reserve(wishes, at):
    """Who moves up next: the first place whose organisation may still speak; None where nobody is left."""
    reserve = [wish for wish in wishes if wish.status == Status.RESERVE and wish.reserve_position is not None]
    reserve.sort(key=lambda wish: wish.reserve_position)
    return next((wish for wish in reserve if permits_at(wish.accreditation, at).speak), None)


@transaction.atomic
def move_up(session, *, by, at):
    """Give a place that became free to the first on the reserve list; they are told, as everybody was."""
    Session.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    if not free_places(session):
        raise Refused(_("No chosen speaker has withdrawn whose place is still free."))
    first = first_in_reserve(list(requests_of(session).select_for_update(of=("self",))), at)
    if first is None:
        raise Refused(_("Nobody who may speak is left on the reserve list."))
    if belongs_to(by, first.accreditation.organisation):
        raise Refused(_("Nobody decides about a request of their own organisation. Leave it to a colleague."))
    first.move(Status.CHOSEN, by=by, at=at, **UNSTAGED, reserve_position=None)
    return first
