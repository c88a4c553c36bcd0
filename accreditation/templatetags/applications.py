"""What the organisation's own page says about its application for a forum."""

from django import template
from django.utils.timezone import localtime

from accreditation.non_objection.telling import as_told
from accreditation.operations.applying import WRITABLE
from accreditation.operations.enquiring import is_overdue
from accreditation.operations.lacking import open_enquiry
from accreditation.terms import permits

register = template.Library()


@register.simple_tag
def application_part(organisation, forum, at) -> dict:
    """`{% application_part organisation forum at as part %}`: its standing there, the desk's question, what it permits."""
    accreditation = as_told(organisation.standing(forum))
    enquiry = open_enquiry(accreditation) if accreditation and accreditation.status == "more_asked" else None
    return {
        "accreditation": accreditation,
        "enquiry": enquiry,
        "overdue": is_overdue(enquiry, at),
        "is_writable": bool(accreditation) and accreditation.status in WRITABLE,
        "permits": permits(accreditation, localtime(at, forum.zone).date()),
    }
