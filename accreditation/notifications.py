"""Which letters a step of an accreditation sends, and to whom."""

from accreditation.models import Accreditation, AccreditationLettersChoice, Membership
from accreditation.permissions import SPEAKS
from forums.operations import write
from forums.operations.rehearsing import as_chosen, choice_of

Status = Accreditation.Status
TEMPLATES = {
    Status.SUBMITTED: "accreditation/submitted",
    Status.MORE_ASKED: "accreditation/more_asked",
    Status.RECOGNISED: "accreditation/recognised",
    Status.PUT_FORWARD: "accreditation/put_forward",
    Status.ACCREDITED: "accreditation/accredited",
    Status.NOT_ACCREDITED: "accreditation/not_accredited",
    Status.WITHDRAWN: "accreditation/withdrawn",
    Status.EXPIRED: "accreditation/expired",
}
# What depends on where it came from.
OF_A_MOVE = {
    (Status.NOT_ACCREDITED, Status.SCREENING): "accreditation/reopened",
    (Status.WITHDRAWN, Status.DRAFT): "accreditation/taken_back",
    (Status.MORE_ASKED, Status.SUBMITTED): "accreditation/answered",
    (Status.DRAFT, Status.WITHDRAWN): None,  # it was never sent, so nobody waits for it
}


def template_of(was, became):
    """The letter that a move sends, or None."""
    return OF_A_MOVE.get((was, became), TEMPLATES.get(became))


def speakers():
    """Memberships of those who are written to on behalf of their organisation."""
    return Membership.objects.standing().filter(role__in=SPEAKS, user__is_active=True)


def people_of(organisation):
    """Focal points and alternates in force, with an account that may sign in."""
    return [membership.user for membership in speakers().filter(organisation=organisation).select_related("user")]


def languages_of(organisations) -> dict:
    """The language of each of those who are written to on behalf of these organisations, by its key; one statement."""
    found = {}
    members = speakers().filter(organisation__in=organisations).order_by("pk")
    for organisation, language in members.values_list("organisation", "user__language"):
        found[organisation] = (*found.get(organisation, ()), language)
    return found


def about_step(step, enquiry=None) -> dict:
    """What the letters of a step say, to whomever they go; of a question its points and its date too."""
    about = {"accreditation": step.accreditation, "organisation": step.accreditation.organisation, "step": step}
    if step.became == Status.MORE_ASKED and step.accreditation.pk:
        enquiry = enquiry or step.accreditation.enquiries.filter(asked_at=step.at).prefetch_related("points").first()
        about |= {"enquiry": enquiry, "points": list(enquiry.points.all()) if enquiry else []}
    return about


def letters_for(step, *, at):
    """Write the letters of one step: everybody who speaks for the organisation hears every outcome, unless the desk decided
    otherwise when it took the decision."""
    template = template_of(step.was, step.became)
    choice = choice_of(AccreditationLettersChoice, step) if template else None
    if template is None or (choice is not None and choice.withheld):
        return []
    about = about_step(step)
    letters = [
        write(
            template,
            to=person.email,
            language=person.language,
            about={**about, "person": person},
            key=f"accreditation-step:{step.pk}:{person.pk}",
            forum=step.accreditation.forum,
            at=at,
        )
        for person in people_of(step.accreditation.organisation)
    ]
    return as_chosen(choice, step, letters)
