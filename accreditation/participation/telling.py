"""Letters round participation: to those who speak for an organisation, to persons who are registered, to the desk."""

from hashlib import sha256

from accreditation.models import SpeakingLettersChoice, SpeakingRequest, SupportLettersChoice, SupportRequest, User
from accreditation.notifications import people_of
from forums.operations import write
from forums.operations.rehearsing import as_chosen, choice_of

SPEAKING = {
    ("", SpeakingRequest.Status.REQUESTED): "accreditation/speaking_received",
    ("", SpeakingRequest.Status.CHOSEN): "accreditation/speaking_chosen",
    (SpeakingRequest.Status.RESERVE, SpeakingRequest.Status.CHOSEN): "accreditation/speaking_moved_up",
    ("", SpeakingRequest.Status.RESERVE): "accreditation/speaking_reserve",
    ("", SpeakingRequest.Status.NOT_CHOSEN): "accreditation/speaking_not_chosen",
    ("", SpeakingRequest.Status.WITHDRAWN): "accreditation/speaking_withdrawn",
}
SUPPORT = {
    ("", SupportRequest.Status.REQUESTED): "accreditation/support_received",
    (SupportRequest.Status.NOT_GRANTED, SupportRequest.Status.REQUESTED): "accreditation/support_reopened",
    ("", SupportRequest.Status.GRANTED): "accreditation/support_granted",
    ("", SupportRequest.Status.NOT_GRANTED): "accreditation/support_not_granted",
    ("", SupportRequest.Status.WITHDRAWN): "accreditation/support_withdrawn",
}
# Who is answered has to hear of it: everybody waits for the release, and only it says where and when.
OWED_OF_SPEAKING = frozenset(SPEAKING.values()) - {"accreditation/speaking_received", "accreditation/speaking_withdrawn"}
GAVE_UP = "accreditation/speaker_gave_up"
CHOOSE = "accreditation.choose_speakers"


def template_of(letters, was, became):
    """The letter that a move sends."""
    return letters.get((was, became)) or letters[("", became)]


# Registration --------------------------------------------------------------------------------------------------------


def registered(registration, *, by, at, speakers=True):
    """Tell the person, and those who speak for the organisation unless told not to."""
    mark = sha256(registration.email.lower().encode()).hexdigest()[:12]
    _tell_of(registration, "accreditation/registered", f"registered:{registration.pk}:{mark}", by, at, speakers)


def cancelled(registration, *, by, at):
    """Tell the person and those who speak for the organisation, with the reason."""
    _tell_of(registration, "accreditation/registration_cancelled", f"registration-cancelled:{registration.pk}", by, at)


def _tell_of(registration, template, key, by, at, speakers=True):
    accreditation = registration.accreditation
    about = {
        "registration": registration,
        "event": registration.get_event_display(),
        "organisation": accreditation.organisation,
        "forum": accreditation.forum,
    }
    known = User.objects.filter(email__iexact=registration.email).values_list("language", flat=True).first()
    to = [(registration.email, known or by.language, registration.name)]
    if speakers:
        others = [person for person in people_of(accreditation.organisation) if person.email != registration.email]
        to += [(person.email, person.language, person) for person in others]
    for email, language, person in to:
        write(
            template,
            to=email,
            language=language,
            about={**about, "person": person},
            key=f"{key}:{sha256(email.lower().encode()).hexdigest()[:12]}",
            forum=accreditation.forum,
            at=at,
        )


# Speaking ------------------------------------------------------------------------------------------------------------


def about_wish(wish, step=None) -> dict:
    """What the letters about a wish to speak say."""
    accreditation = wish.accreditation
    return {
        "wish": wish,
        "session": wish.session,
        "organisation": accreditation.organisation,
        "forum": accreditation.forum,
        "step": step,
    }


def asked_to_speak(wish, *, at):
    """The receipt of a new wish."""
    _tell_people(SPEAKING[("", "requested")], about_wish(wish), f"speaking-asked:{wish.pk}", at)


def speaking_letters_for(step, *, at):
    """Everybody who speaks for the organisation hears every answer, unless the desk decided otherwise when it gave it; the
    desk hears that a place has become free."""
    choice = choice_of(SpeakingLettersChoice, step)
    if choice is not None and choice.withheld:
        return []
    about = about_wish(step.request, step)
    told = _tell_people(template_of(SPEAKING, step.was, step.became), about, f"speaking-step:{step.pk}", at)
    if (step.was, step.became) == ("chosen", "withdrawn"):
        told += [_write(GAVE_UP, person, about, f"speaker-gave-up:{step.pk}", at) for person in choosers()]
    return as_chosen(choice, step, told)


def choosers():
    """Active staff who choose speakers."""
    staff = User.objects.filter(is_active=True, is_staff=True)
    return [person for person in staff.order_by("pk") if person.has_perm(CHOOSE)]


# Support -------------------------------------------------------------------------------------------------------------


def about_support(request, step=None) -> dict:
    """What the letters about a request for support say."""
    return {"support": request, "organisation": request.organisation, "forum": request.forum, "step": step}


def asked_for_support(request, *, at):
    """The receipt of a new request."""
    _tell_people(SUPPORT[("", "requested")], about_support(request), f"support-asked:{request.pk}", at)


def support_letters_for(step, *, at):
    """Everybody who speaks for the organisation hears what was decided, also when nothing was granted, unless the desk
    decided otherwise with it."""
    choice = choice_of(SupportLettersChoice, step)
    if choice is not None and choice.withheld:
        return []
    template = template_of(SUPPORT, step.was, step.became)
    return as_chosen(choice, step, _tell_people(template, about_support(step.request, step), f"support-step:{step.pk}", at))


def _tell_people(template, about, key, at) -> list:
    return [_write(template, person, about, key, at) for person in people_of(about["organisation"])]


def _write(template, person, about, key, at):
    return write(
        template,
        to=person.email,
        language=person.language,
        about={**about, "person": person},
        key=f"{key}:{person.pk}",
        forum=about["forum"],
        at=at,
    )
