"""The colour and sign that go with the standing of an organisation; the word stands beside them always."""

from django import template

from accreditation.models import Accreditation

register = template.Library()
Status = Accreditation.Status
TONES = {
    Status.SUBMITTED: "now",
    Status.SCREENING: "now",
    Status.MORE_ASKED: "wait",
    Status.PUT_FORWARD: "now",
    Status.RECOGNISED: "done",
    Status.ACCREDITED: "done",
    Status.NOT_ACCREDITED: "stop",
}


@register.filter
def standing_tone(status) -> str:
    """`{{ accreditation.status|standing_tone }}`: done, wait, stop, now or plain."""
    return TONES.get(status, "plain")
