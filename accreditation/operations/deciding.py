"""How what the desk does with standings and organisations is rehearsed and told (forums/operations/rehearsing.py)."""

from accreditation import notifications
from accreditation.models import (
    Accreditation,
    AccreditationLettersChoice,
    Membership,
    Merge,
    Organisation,
    Registration,
    SpeakingLettersChoice,
    SupportLettersChoice,
    SupportRequest,
)
from accreditation.participation import telling
from forums.models import Session
from forums.operations.rehearsing import Voice
from forums.operations.telling_at_once import AtOnce

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
MOVING_UP = Voice(
    lambda pk: Session.objects.select_related("forum").get(pk=pk),
    telling.speaking_letters_for,
    lambda step: telling.template_of(telling.SPEAKING, step.was, step.became),
    SpeakingLettersChoice,
    telling.OWED_OF_SPEAKING,
    lambda wish: wish.steps.order_by("-pk").first(),
)
CANCELLATIONS = AtOnce(lambda pk: Registration.objects.get(pk=pk), frozenset({"accreditation/registration_cancelled"}))
MERGES = AtOnce(lambda pk: Organisation.objects.get(pk=pk), frozenset({"accreditation/merged"}))
UNDOINGS = AtOnce(
    lambda pk: Merge.objects.select_related("kept", "gone").get(pk=pk), frozenset({"accreditation/merge_undone"})
)
HANDING_OVER = AtOnce(lambda pk: Organisation.objects.get(pk=pk), frozenset({"accreditation/membership_ended"}))
ANSWERED_REQUESTS = AtOnce(
    lambda pk: Membership.objects.select_related("organisation", "user").get(pk=pk),
    frozenset({"accreditation/join_turned_down"}),
)
