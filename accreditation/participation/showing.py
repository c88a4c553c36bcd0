"""What the public sees of persons: a name with its organisation, where the forum says so and the person agreed."""

from accreditation.models import Accreditation, Registration, SpeakingRequest
from accreditation.participation.terms import terms_of


def participants_of(forum):
    """Registered persons whose names are public; none unless the forum's terms say so."""
    if not terms_of(forum).participants_public:
        return Registration.objects.none()
    shown = Registration.objects.standing().filter(accreditation__in=_standing(forum), name_public=True)
    return shown.order_by("accreditation__organisation__name", "name", "pk").select_related("accreditation__organisation")


def speakers_of(session_pk):
    """Chosen speakers of a session who agreed: name, function, organisation."""
    chosen = SpeakingRequest.objects.filter(session=session_pk, status="chosen", name_public=True)
    chosen = chosen.filter(accreditation__in=Accreditation.objects.told())
    chosen = chosen.order_by("accreditation__organisation__name", "pk")
    return [
        {"name": name, "function": function, "organisation": organisation, "language": language}
        for name, function, organisation, language in chosen.values_list(
            "speaker", "function", "accreditation__organisation__name", "accreditation__organisation__name_language"
        )
    ]


def _standing(forum):
    return Accreditation.objects.told().filter(forum=forum)
