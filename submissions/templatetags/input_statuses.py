"""The colour and sign that go with the status of an input; the word stands beside them always."""

from django import template

from submissions.models import Submission

register = template.Library()
Status = Submission.Status
TONES = {
    Status.DRAFT: "plain",
    Status.SUBMITTED: "now",
    Status.UNDER_REVIEW: "now",
    Status.CLARIFICATION_ASKED: "wait",
    Status.ACCEPTED: "done",
    Status.PUBLISHED: "done",
    Status.NOT_ADMISSIBLE: "stop",
    Status.WITHDRAWN: "plain",
}


@register.filter
def input_tone(status) -> str:
    """`{{ submission.status|input_tone }}`: done, wait, stop, now or plain."""
    return TONES.get(status, "plain")
