"""Roles at the desk by the groups that a provider names: given and taken back at each sign-in, never a superuser's."""

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils.translation import gettext as _

from accreditation.desk_roles import group_of
from accreditation.models import User


def roles_said_by(about) -> set:
    """The roles that stand for the groups in what a provider says of a person; a missing claim names none."""
    named = about.get(settings.OIDC_GROUPS_CLAIM) or []
    named = {named} if isinstance(named, str) else {name for name in named if isinstance(name, str)}
    return {role for group, role in settings.OIDC_ROLES.items() if group in named}


@transaction.atomic
def take_over_roles(person, roles, *, provider):
    """Give these roles and take back the others that the provider may give; what was given by hand else stays.

    Whoever has no role left is of the desk no longer. Any change ends the sessions that were open before (models/user.py),
    and stands in the history of the person.
    """
    if not settings.OIDC_ROLES or person.is_superuser:
        return
    may_give = set(settings.OIDC_ROLES.values())
    has = set(person.groups.values_list("name", flat=True))
    given, taken = roles - has, (has & may_give) - roles
    if given or taken:
        person.groups.add(*(group_of(role) for role in given))
        person.groups.remove(*(group_of(role) for role in taken))
        User.objects.filter(pk=person.pk).update(is_staff=bool(has - taken | given))
        _note(person, given, taken, provider)
        person.refresh_from_db(fields=["is_staff", "session_round"])


def _note(person, given, taken, provider):
    said = [*(f"+ {role}" for role in sorted(given)), *(f"− {role}" for role in sorted(taken))]
    message = _("Roles as %(provider)s said at signing in: %(roles)s.") % {"provider": provider, "roles": ", ".join(said)}
    LogEntry.objects.log_actions(person.pk, [person], CHANGE, change_message=message, single_object=True)
