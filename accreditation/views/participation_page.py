"""The page about who takes part for an organisation: what its people see of it, and what those who speak for it can do."""

from django.conf import settings
from django.db.models import Prefetch
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat

from accreditation import permissions
from accreditation.models import SpeakingRequest, SpeakingRequestStep, SupportRequestStep
from accreditation.participation import representation
from accreditation.participation.places import permits_at, places_of
from accreditation.participation.terms import terms_of
from accreditation.participation.timing import is_registration_open, registration_call, sessions_taking_wishes
from accreditation.views.own_application import lines_of
from forums.models import Session


def overview(request, own, *, at):
    """Names, speakers and requests for all who act for it; addresses and needs only for those who speak for it."""
    terms = terms_of(own.forum)
    accreditation = own.accreditation
    context = {
        "own": own,
        "organisation": own.organisation,
        "forum": own.forum,
        "accreditation": accreditation,
        "stands": accreditation is not None and accreditation.status in accreditation.STANDING,
        "speaks": permissions.represents(request.user, own.organisation),
        "at": at,
        "terms": terms,
        "requests": _requests(own),
        "persons": [],
    }
    if accreditation is not None:
        context |= _persons(own, terms, at) | _speaking(own, at)
    return render(request, "accreditation/participant/participation.html", context)


def _persons(own, terms, at) -> dict:
    accreditation = own.accreditation
    persons = list(accreditation.registrations.standing().select_related("country").order_by("event", "name", "pk"))
    letters = representation.letters_of(accreditation)
    call = registration_call(accreditation, at)
    return {
        "persons": persons,
        "places": places_of(accreditation, at, terms, persons),
        "letters": lines_of(letters, own),
        "letter_missing": terms.letter_needed and all(letter.verdict == "infected" for letter in letters),
        "call": call,
        "phase": call.phase(at) if call else None,
        "is_open": is_registration_open(accreditation, at),
        "rules": {
            "size": filesizeformat(settings.UPLOAD_MOST_BYTES),
            "types": ", ".join(sorted({extension.lstrip(".").upper() for extension in representation.TYPES})),
            "accept": ",".join(representation.TYPES),
        },
    }


def _speaking(own, at) -> dict:
    steps = Prefetch("steps", SpeakingRequestStep.objects.order_by("-pk"))
    wishes = list(
        SpeakingRequest.objects.filter(accreditation=own.accreditation)
        .select_related("session")
        .prefetch_related(steps)
        .order_by("session__starts_at", "pk")
    )
    permitted = permits_at(own.accreditation, at)
    taking = sessions_taking_wishes(own.accreditation, at) if permitted.speak else []
    asked = {wish.session_id for wish in wishes if wish.status != "withdrawn"}
    open_now = {session.pk for session, _call in taking}
    return {
        "permits": permitted,
        "wishes": [{"wish": wish, "note": note_of(wish), "is_open": wish.session_id in open_now} for wish in wishes],
        "taking": [(session, call) for session, call in taking if session.pk not in asked],
        "kinds": dict(Session.Kind.choices),
    }


def note_of(thing) -> str:
    """What was said with the last answer; of one's own withdrawing nothing needs to be said."""
    last = next(iter(thing.steps.all()), None)
    return last.note if last and last.became == thing.status != "withdrawn" else ""


def _requests(own) -> list:
    steps = Prefetch("steps", SupportRequestStep.objects.order_by("-pk"))
    requests = own.organisation.support_requests.filter(forum=own.forum).select_related("country").prefetch_related(steps)
    return [{"support": one, "note": note_of(one)} for one in requests]
