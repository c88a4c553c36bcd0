"""Kinds of letters: persons who are registered, wishes to speak, support for participation."""

from datetime import date

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from accreditation.letter_kinds.samples import SPEAKERS, sample_organisation, sample_person
from accreditation.models import (
    Accreditation,
    Basis,
    Registration,
    SpeakingRequest,
    SpeakingRequestStep,
    SupportRequest,
    SupportRequestStep,
)
from accreditation.participation.telling import about_support, about_wish
from forums.letter_kinds import ON, sample_forum
from forums.letters.kinds import PERSON, Kind, Placeholder, page, register
from forums.models import Session
from forums.templatetags.moments import day_in_words

ORGANISATION = Placeholder("organisation", _("name of the organisation"), lambda about: about["organisation"].name)
FORUM = Placeholder("forum", _("name of the forum"), lambda about: about["forum"].name)
ADDRESS = Placeholder(
    "address",
    _("page of the organisation about who takes part"),
    lambda about: page(about, "accreditation:participation", about["organisation"].slug, about["forum"].slug),
)
REASON = Placeholder("reason", _("what the desk or the organisation says"), lambda about: about["step"].note)
DESK = _("Everybody at the desk who chooses speakers")


def sample_accreditation():
    basis = Basis(code="ecosoc", name="ECOSOC")
    return Accreditation(organisation=sample_organisation(), forum=sample_forum(), basis=basis, status="recognised")


# Persons -------------------------------------------------------------------------------------------------------------


def sample_registration():
    accreditation = sample_accreditation()
    registration = Registration(
        accreditation=accreditation,
        event="hearing",
        name="Nadia Example",
        email="nadia@example.org",
        cancelled_because=gettext("Somebody else comes."),
    )
    return {
        "registration": registration,
        "event": registration.get_event_display(),
        "organisation": accreditation.organisation,
        "forum": accreditation.forum,
        "person": sample_person(),
    }


WHO = (
    PERSON,
    Placeholder("name", _("name of the registered person"), lambda about: about["registration"].name),
    Placeholder("event", _("hearing or forum"), lambda about: about["registration"].get_event_display()),
    FORUM,
    ORGANISATION,
)
COMING = _("The registered person and everybody who speaks for the organisation")

register(
    Kind("accreditation/registered", _("A person was registered"), COMING, WHO, sample_registration),
    Kind(
        "accreditation/registration_cancelled",
        _("A registration was cancelled"),
        COMING,
        (*WHO, Placeholder("reason", _("why"), lambda about: about["registration"].cancelled_because)),
        sample_registration,
    ),
)


# Speaking ------------------------------------------------------------------------------------------------------------


def sample_wish():
    wish = SpeakingRequest(
        pk=1,
        accreditation=sample_accreditation(),
        session=Session(pk=1, forum=sample_forum(), slug="hearing", title=pgettext("sample", "Multi-stakeholder hearing")),
        speaker="Nadia Example",
        topic="Consular help",
    )
    step = SpeakingRequestStep(request=wish, note=gettext("Another region was not yet heard."), at=ON)
    return {**about_wish(wish, step), "person": sample_person()}


WISH = (
    PERSON,
    Placeholder("speaker", _("who would speak"), lambda about: about["wish"].speaker),
    Placeholder("session", _("title of the session"), lambda about: about["session"].title),
    FORUM,
    ORGANISATION,
    ADDRESS,
)

register(
    Kind("accreditation/speaking_received", _("A request to speak arrived"), SPEAKERS, WISH, sample_wish),
    Kind("accreditation/speaking_chosen", _("A speaker was chosen"), SPEAKERS, (*WISH, REASON), sample_wish),
    Kind("accreditation/speaking_moved_up", _("A speaker moved up from the reserve list"), SPEAKERS, WISH, sample_wish),
    Kind("accreditation/speaking_reserve", _("A speaker is on the reserve list"), SPEAKERS, (*WISH, REASON), sample_wish),
    Kind("accreditation/speaking_not_chosen", _("A speaker was not chosen"), SPEAKERS, (*WISH, REASON), sample_wish),
    Kind("accreditation/speaking_withdrawn", _("A request to speak was withdrawn"), SPEAKERS, WISH, sample_wish),
    Kind(
        "accreditation/speaker_gave_up",
        _("A chosen speaker withdrew"),
        DESK,
        (
            PERSON,
            Placeholder("session", _("title of the session"), lambda about: about["session"].title),
            FORUM,
            ORGANISATION,
            Placeholder(
                "address",
                _("page of the session's speakers at the desk"),
                lambda about: page(about, "admin:accreditation_speakingrequest_session", about["session"].pk),
            ),
        ),
        sample_wish,
    ),
)


# Support -------------------------------------------------------------------------------------------------------------


def sample_support():
    request = SupportRequest(
        pk=1,
        forum=sample_forum(),
        organisation=sample_organisation(),
        person="Nadia Example",
        decided_on=date(2026, 1, 15),
        decided_by="Office Example",
        provided=gettext("A letter for the visa."),
        provided_by="Agency Example",
    )
    step = SupportRequestStep(request=request, note=gettext("The means were used up."), at=ON)
    return {**about_support(request, step), "person": sample_person()}


SUPPORT = (
    PERSON,
    Placeholder("whom", _("for whom support was asked"), lambda about: about["support"].person),
    FORUM,
    ORGANISATION,
    ADDRESS,
)
DECISION = (
    Placeholder("decided_on", _("day of the decision"), lambda about: day_in_words(about["support"].decided_on)),
    Placeholder("decided_by", _("who decided"), lambda about: about["support"].decided_by),
)
PROVIDED = Placeholder("provided", _("what was provided"), lambda about: about["support"].provided)
PROVIDED_BY = Placeholder("provided_by", _("who provided it"), lambda about: about["support"].provided_by)

register(
    Kind("accreditation/support_received", _("A request for support arrived"), SPEAKERS, SUPPORT, sample_support),
    Kind(
        "accreditation/support_granted",
        _("Support was granted"),
        SPEAKERS,
        (*SUPPORT, *DECISION, PROVIDED, PROVIDED_BY),
        sample_support,
    ),
    Kind(
        "accreditation/support_not_granted",
        _("Support was not granted"),
        SPEAKERS,
        (*SUPPORT, *DECISION, REASON),
        sample_support,
    ),
    Kind(
        "accreditation/support_reopened",
        _("A request for support is looked at again"),
        SPEAKERS,
        (*SUPPORT, REASON),
        sample_support,
    ),
    Kind("accreditation/support_withdrawn", _("A request for support was withdrawn"), SPEAKERS, SUPPORT, sample_support),
)
