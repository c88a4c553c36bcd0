"""How decisions on accreditations and requests for support are rehearsed and told (forums/operations/rehearsing.py)."""

from accreditation import notifications
from accreditation.models import Accreditation, AccreditationLettersChoice, SupportLettersChoice, SupportRequest
from accreditation.participation import telling
from forums.operations.rehearsing import Voice

# What asks something of an organisation, ends something, or says no: it has to hear of it.
OWED = frozenset(f"accreditation/{name}" for name in ("more_asked", "not_accredited", "reopened", "expired", "withdrawn"))
OWED_OF_SUPPORT = frozenset({"accreditation/support_not_granted", "accreditation/support_reopened"})


def _standing_anew(pk):
    return Accreditation.objects.select_related("organisation", "forum", "basis").get(pk=pk)


def _support_anew(pk):
    return SupportRequest.objects.select_related("organisation", "forum").get(pk=pk)


STANDINGS = Voice(
    _standing_anew,
    notifications.letters_for,
    lambda step: notifications.template_of(step.was, step.became),
    AccreditationLettersChoice,
    OWED,
)
SUPPORT = Voice(
    _support_anew,
    telling.support_letters_for,
    lambda step: telling.template_of(telling.SUPPORT, step.was, step.became),
    SupportLettersChoice,
    OWED_OF_SUPPORT,
    lambda request: request.steps.order_by("-pk").first(),
)
