"""Which letters a step of an accreditation sends, and to whom."""

from accreditation.models import Accreditation
from accreditation.permissions import SPEAKS
from forums.operations import write

Status = Accreditation.Status
TEMPLATES = {
    Status.SUBMITTED: "accreditation/submitted",
    Status.MORE_ASKED: "accreditation/more_asked",
    Status.RECOGNISED: "accreditation/recognised",
    Status.PUT_FORWARD: "accreditation/put_forward",
    Status.ACCREDITED: "accreditation/accredited",
    Status.NOT_ACCREDITED: "accreditation/not_accredited",
}


def people_of(organisation):
    """Focal points and alternates in force, with an account that may sign in."""
    members = organisation.memberships.standing().filter(role__in=SPEAKS, user__is_active=True)
    return [membership.user for membership in members.select_related("user")]


def letters_for(step, *, at):
    """Write the letters of one step: everybody who speaks for the organisation hears every outcome."""
    template = TEMPLATES.get(step.became)
    if template is None:
        return []
    accreditation = step.accreditation
    about = {"accreditation": accreditation, "organisation": accreditation.organisation, "step": step}
    return [
        write(
            template,
            to=person.email,
            language=person.language,
            about={**about, "person": person},
            key=f"accreditation-step:{step.pk}:{person.pk}",
            at=at,
        )
        for person in people_of(accreditation.organisation)
    ]
