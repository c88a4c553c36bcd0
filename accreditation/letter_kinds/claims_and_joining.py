"""The first floor's kinds of letters: what becomes of a claim, and who may act for an organisation."""

from datetime import date, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accreditation.letter_kinds.samples import SPEAKERS, sample_organisation, sample_person
from accreditation.models import Accreditation, AccreditationStep, Basis, BasisPoint, Enquiry, Membership, User
from accreditation.notifications import about_step, people_of, template_of
from forums.letter_kinds import ON, sample_forum
from forums.letters.kinds import PERSON, Kind, Placeholder, page, register
from forums.templatetags.moments import day_in_words, in_words

Status = Accreditation.Status

# What becomes of a claim ---------------------------------------------------------------------------------------------


def sample_step(was, became):
    def sample():
        accreditation = Accreditation(
            organisation=sample_organisation(),
            forum=sample_forum(),
            basis=Basis(code="special", name="Special accreditation"),
            status=became,
            decided_on=date(2026, 1, 15),
            decided_by="Member States",
            evidence="A/INF/80/1",
        )
        question = "Please send your statutes."
        step = AccreditationStep(accreditation=accreditation, was=was, became=became, at=ON, note=question)
        enquiry = Enquiry(question=question, answer_by=ON + timedelta(days=9))
        points = [BasisPoint(label="Statutes"), BasisPoint(label="Purpose of the organisation")]
        return {**about_step(step), "enquiry": enquiry, "points": points, "person": sample_person()}

    return sample


def _newest_step(was, became):
    def newest(user, at):
        steps = AccreditationStep.objects.filter(accreditation__in=Accreditation.objects.visible_to(user), became=became)
        steps = steps.filter(was=was) if was else steps
        step = steps.select_related("accreditation__organisation", "accreditation__forum").order_by("-at").first()
        if step is None:
            return None
        people = people_of(step.accreditation.organisation)
        return {**about_step(step), "person": people[0] if people else user}

    return newest


def _own_page(about):
    return page(about, "accreditation:my_organisation", about["organisation"].slug)


ORGANISATION = Placeholder("organisation", _("name of the organisation"), lambda about: about["organisation"].name)
ADDRESS = Placeholder("address", _("page of the organisation for its own people"), _own_page)
CLAIM = (
    PERSON,
    ORGANISATION,
    Placeholder("forum", _("name of the forum"), lambda about: about["accreditation"].forum.name),
    Placeholder("basis", _("basis on which it takes part"), lambda about: about["accreditation"].basis.name),
    ADDRESS,
)
DECISION = (
    Placeholder("decided_by", _("who decided"), lambda about: about["accreditation"].decided_by),
    Placeholder("decided_on", _("day of the decision"), lambda about: day_in_words(about["accreditation"].decided_on)),
    Placeholder("evidence", _("evidence of the decision"), lambda about: about["accreditation"].evidence),
)


def _date_of(enquiry, forum):
    return in_words(enquiry.answer_by, forum.zone) if enquiry and enquiry.answer_by else ""


APPLICATION = Placeholder(
    "address",
    _("page of the application for the organisation's own people"),
    lambda about: page(about, "accreditation:application", about["organisation"].slug, about["accreditation"].forum.slug),
)
APPLIED = (*CLAIM[:-1], APPLICATION)
QUESTION = (
    Placeholder("question", _("what the desk wants to know"), lambda about: about["step"].note),
    Placeholder("points", _("the parts of the application it is about"), lambda about: "; ".join(map(str, about["points"]))),
    Placeholder(
        "answer_by",
        _("until when the answer is asked for"),
        lambda about: _date_of(about["enquiry"], about["accreditation"].forum),
    ),
)
NOTE = (Placeholder("reason", _("the reason given"), lambda about: gettext(about["step"].note)),)
# was (empty: from wherever) and became -> name, placeholders
CLAIMS = {
    ("", Status.SUBMITTED): (_("A basis was put before the desk"), CLAIM),
    (Status.MORE_ASKED, Status.SUBMITTED): (_("The desk's question was answered"), APPLIED),
    ("", Status.MORE_ASKED): (_("The desk asks for more information"), (*APPLIED, *QUESTION)),
    ("", Status.RECOGNISED): (_("A standing was recorded"), (*CLAIM, *DECISION)),
    ("", Status.PUT_FORWARD): (_("An application was put to Member States"), CLAIM),
    ("", Status.ACCREDITED): (_("The organisation is accredited"), (*CLAIM, *DECISION)),
    ("", Status.NOT_ACCREDITED): (_("The organisation was not accredited"), (*CLAIM, *DECISION)),
    ("", Status.WITHDRAWN): (_("An application was withdrawn, or a standing given up"), (*APPLIED, *NOTE)),
    (Status.WITHDRAWN, Status.DRAFT): (_("A withdrawn application was taken back"), APPLIED),
    ("", Status.EXPIRED): (_("A standing or an application has ended"), (*APPLIED, *NOTE)),
    (Status.NOT_ACCREDITED, Status.SCREENING): (_("An application is looked at again"), (*APPLIED, *NOTE)),
}

register(
    *(
        Kind(template_of(was, became), name, SPEAKERS, known, sample_step(was, became), _newest_step(was, became))
        for (was, became), (name, known) in CLAIMS.items()
    )
)


# Who may act for an organisation -------------------------------------------------------------------------------------


def _sample_membership():
    organisation, person = sample_organisation(), User(pk=1, email="nadia@example.org", name="Nadia Example")
    membership = Membership(pk=1, organisation=organisation, user=person, role=Membership.Role.DRAFTER)
    return {"membership": membership, "organisation": organisation, "desk": False}


def _sample_answer():
    about = _sample_membership()
    return {**about, "person": about["membership"].user}


ROLE = Placeholder("role", _("role in the organisation"), lambda about: about["membership"].get_role_display())
WHO = (
    Placeholder("who", _("name of the person who asks"), lambda about: about["membership"].user.name),
    Placeholder("email", _("address of the person who asks"), lambda about: about["membership"].user.email),
)
ASKED = _("The person who asked to join")

register(
    Kind(
        "accreditation/join_asked",
        _("Somebody asks to join"),
        _("Everybody who speaks for the organisation; the desk where nobody does"),
        (ORGANISATION, *WHO, ADDRESS),
        _sample_membership,
    ),
    Kind(
        "accreditation/join_admitted",
        _("A request to join was granted"),
        ASKED,
        (PERSON, ORGANISATION, ROLE, ADDRESS),
        _sample_answer,
    ),
    Kind(
        "accreditation/join_turned_down",
        _("A request to join was turned down"),
        ASKED,
        (PERSON, ORGANISATION, Placeholder("address", _("the person's own page"), lambda about: page(about, "my"))),
        _sample_answer,
    ),
)
