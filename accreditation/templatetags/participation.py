"""Who comes and who speaks, as pages show it: colours of its statuses, its part of other pages."""

from django import template
from django.db.models import Exists

from accreditation.models import SpeakingRequest, SupportRequest
from accreditation.non_objection.telling import as_told
from accreditation.participation.places import permits_at, places_of
from accreditation.participation.representing import shown_of
from accreditation.participation.showing import speakers_of
from accreditation.participation.supporting import names_of
from accreditation.participation.terms import terms_of
from accreditation.public_list import accredited, shown_lists
from forums.models import Forum

register = template.Library()
TONES = {
    SpeakingRequest.Status.REQUESTED: "now",
    SpeakingRequest.Status.CHOSEN: "done",
    SpeakingRequest.Status.RESERVE: "wait",
    SpeakingRequest.Status.NOT_CHOSEN: "stop",
    SupportRequest.Status.GRANTED: "done",
    SupportRequest.Status.NOT_GRANTED: "stop",
}


@register.filter
def participation_tone(status) -> str:
    """`{{ wish.status|participation_tone }}`: done, wait, stop, now or plain."""
    return TONES.get(status, "plain")


@register.filter
def group_names(groups) -> list:
    """`{{ support.eligible_as|group_names|join:", " }}`: groups in words."""
    return names_of(groups)


@register.simple_tag
def participation_part(organisation, forum, at) -> dict:
    """`{% participation_part organisation forum at as part %}`: places, wishes and support of an organisation in short."""
    terms, accreditation = terms_of(forum), as_told(organisation.standing(forum))
    stands = accreditation is not None and accreditation.status in accreditation.STANDING
    wishes = accreditation.speaking_requests.select_related("session") if stands else []
    return {
        "stands": stands,
        "permits": permits_at(accreditation, at) if stands else None,
        "places": [one for one in places_of(accreditation, at, terms) if one.covered or one.taken] if stands else [],
        "wishes": wishes,
        "support_open": terms.support_open,
        "requests": organisation.support_requests.filter(forum=forum),
    }


@register.simple_tag
def representatives_of(forum) -> list:
    """`{% representatives_of forum as representatives %}`: who speaks in the opening segment, where that is public."""
    return list(shown_of(forum))


@register.simple_tag
def public_lists_of(forum) -> dict:
    """`{% public_lists_of forum as lists %}`: which lists of who takes part are public there and have somebody on them."""
    terms = terms_of(forum)
    asked = Forum.objects.filter(pk=forum.pk).values_list(Exists(accredited(forum)), Exists(shown_lists(forum, terms)))
    [(has_accredited, has_lists)] = asked
    return {
        "accredited": terms.accredited_public and has_accredited,
        "non_objection": has_lists,
        "participants": terms.participants_public,
    }


@register.simple_tag
def chosen_speakers(session_pk) -> list:
    """`{% chosen_speakers card.session.pk as speakers %}`: released speakers who agreed that their names are public."""
    return speakers_of(session_pk)
