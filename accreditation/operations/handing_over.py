"""Who acts for an organisation changes: roles, leaving, removing, handing over; somebody always speaks for it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accreditation.models import Membership, Organisation
from accreditation.notifications import people_of
from forums.operations import write
from forums.refusals import Refused

Role, Ended = Membership.Role, Membership.Ended
SPEAKS = (Role.FOCAL_POINT, Role.ALTERNATE)


def change_role(membership, *, role, by, at):
    """Give a member another role; the last one who speaks for the organisation keeps theirs."""
    with transaction.atomic():
        held = _held(membership)
        if held.role == role:
            return held
        if role not in SPEAKS:
            _somebody_else_speaks(held)
        held.role = role
        held.save(update_fields=["role"])
        _tell("accreditation/role_changed", held, by, at)
        return held


def leave(membership, *, at):
    """Stop acting for the organisation, by one's own wish."""
    with transaction.atomic():
        held = _held(membership)
        _somebody_else_speaks(held)
        _end(held, Ended.LEFT, by=held.user, at=at)


def remove(membership, *, by, at):
    """End somebody's membership; from this moment they see nothing of the organisation."""
    with transaction.atomic():
        held = _held(membership)
        _somebody_else_speaks(held)
        _end(held, Ended.REMOVED, by=by, at=at)
        _tell("accreditation/membership_ended", held, by, at)


def hand_over(membership, *, to, by, at):
    """A focal point makes another member the focal point, and stays as a drafter; all who speak hear of it."""
    with transaction.atomic():
        giver, taker = _held(membership), _held(to)
        if giver.organisation_id != taker.organisation_id or giver.pk == taker.pk:
            raise Refused(_("Choose another person of the same organisation."))
        taker.role, giver.role = Role.FOCAL_POINT, Role.DRAFTER
        taker.save(update_fields=["role"])
        giver.save(update_fields=["role"])
        for each in (giver, taker):
            _tell("accreditation/role_changed", each, by, at)


def hand_over_by_desk(organisation, *, to, ending, reason, by, at):
    """The desk makes a member the focal point where nobody who could is left, and ends the memberships named.

    `to` and `ending` are memberships. The reason stays with the history; those who are left and those who go are told.
    """
    if not reason.strip():
        raise Refused(_("Say why the desk hands over, and what shows it."))
    if to.user_id == by.pk:
        raise Refused(_("Nobody hands an organisation over to themselves. Ask a colleague."))
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        taker = Membership.objects.select_for_update().get(pk=to.pk)
        if taker.organisation_id != organisation.pk or taker.until is not None:
            raise Refused(_("Choose somebody who acts for the organisation or asked to."))
        taker.role, taker.since = Role.FOCAL_POINT, taker.since or at
        taker.save(update_fields=["role", "since"])
        _tell("accreditation/role_changed", taker, by, at)
        for each in ending:
            held = _held(each)
            if held.pk == taker.pk or held.organisation_id != organisation.pk:
                raise Refused(_("Who takes over cannot go at the same time."))
            _end(held, Ended.BY_DESK, by=by, at=at, why=reason)
            _tell("accreditation/membership_ended", held, by, at)
        return taker


def _held(membership):
    """The membership in force, held together with its organisation, so that two changes follow each other."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    held = Membership.objects.standing().select_related("organisation", "user").filter(pk=membership.pk).first()
    if held is None:
        raise Refused(_("This membership has ended meanwhile. Open the page again."))
    return held


def _somebody_else_speaks(membership):
    others = membership.organisation.memberships.standing().filter(role__in=SPEAKS, user__is_active=True)
    if membership.role in SPEAKS and not others.exclude(pk=membership.pk).exists():
        raise Refused(_("Nobody else speaks for the organisation. Hand over to another member first."))


def _end(membership, how, *, by, at, why=""):
    membership.until, membership.ended, membership.ended_by = at, how, by
    if why:
        membership.message = why[:500]
    membership.save(update_fields=["until", "ended", "ended_by", "message"])


def _tell(template, membership, by, at):
    """The person concerned, and everybody else who speaks for the organisation; nobody about their own act."""
    people = {person.pk: person for person in [membership.user, *people_of(membership.organisation)]}
    for person in people.values():
        if person.pk == by.pk:
            continue
        write(
            template,
            to=person.email,
            language=person.language,
            about={
                "membership": membership,
                "organisation": membership.organisation,
                "person": person,
                "who": str(membership.user),
            },
            key=f"{template.replace('/', '-')}:{membership.pk}:{membership.role}:{at.timestamp()}:{person.pk}",
            at=at,
        )
