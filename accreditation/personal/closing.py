"""Closing one's own account: what stands against it, and the erasure that it is."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accreditation.models import Accreditation, Organisation, Registration, User
from accreditation.permissions import SPEAKS
from accreditation.personal.erasing import erase
from accreditation.personal.parts import STANDING, register_standing
from accreditation.personal.who import who_is
from forums.refusals import Refused

Status = Accreditation.Status
ON_ITS_WAY = (Status.SUBMITTED, Status.SCREENING, Status.MORE_ASKED, Status.PUT_FORWARD)


def holds_a_standing(organisation, at) -> bool:
    """It has, or waits for, a standing for a forum that is not over, or persons registered for one."""
    yet = Q(forum__last_day=None) | Q(forum__last_day__gte=at.date())
    own = Accreditation.objects.filter(yet, organisation=organisation)
    registered = Registration.objects.filter(accreditation__in=own, cancelled_at=None)
    return own.filter(status__in=[*Accreditation.STANDING, *ON_ITS_WAY]).exists() or registered.exists()


register_standing(holds_a_standing)


def left_alone(user, at) -> list:
    """Organisations for which nobody else speaks and something stands: they would be left without anybody to ask."""
    speaks_for = user.memberships.standing().filter(role__in=SPEAKS).values("organisation")
    found = []
    for organisation in Organisation.objects.filter(pk__in=speaks_for).order_by("pk"):
        others = organisation.memberships.standing().filter(role__in=SPEAKS, user__is_active=True).exclude(user=user)
        if not others.exists() and any(stands(organisation, at) for stands in STANDING):
            found.append(organisation)
    return found


def against_closing(user, at) -> list:
    """Sentences that say why this account cannot be closed now, and what to do; none where nothing stands against it."""
    if user.is_staff or user.is_superuser:
        return [
            _("This is an account of the desk. Ask an administrator to take it off the desk first; then you can close it.")
        ]
    sentence = _(
        "You are the last person who speaks for “%(organisation)s”, and something of it is still open. Hand over to another"
        " member first, or invite somebody; if there is nobody, write to the desk."
    )
    return [sentence % {"organisation": organisation.name} for organisation in left_alone(user, at)]


def close(user, *, at):
    """Erase the person by their own wish. Two people who speak for one organisation cannot both slip out at once."""
    with transaction.atomic():
        acting = user.memberships.standing().values("organisation")
        list(Organisation.objects.select_for_update().filter(pk__in=acting).order_by("pk").values_list("pk"))
        fresh = User.objects.get(pk=user.pk)
        if against := against_closing(fresh, at):
            raise Refused(" ".join(str(sentence) for sentence in against))
        return erase(who_is(fresh), by=None, at=at)
