"""Which organisations a person is tied to, as far as the records know: one query, for one person or for many.

Tied means: acts for it today, or did so until a stated time ago; or it is what such a body is part of, a branch of it, a
network that it belongs to, or a member of it as a network. Two members of one network are not tied by that alone.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Now

from accreditation.models import Membership, Organisation

BODY = "organisation"
BESIDE = ("organisation__parent", "organisation__branches", "organisation__networks", "organisation__member_bodies")


def recent_memberships():
    """In force today, or ended less than CONFLICT_DAYS ago by PostgreSQL's clock."""
    recently = Q(until__gt=Now() - timedelta(days=settings.CONFLICT_DAYS))
    return Membership.objects.filter(Q(until=None) | recently, since__isnull=False)


def _rows(memberships, *columns):
    """One query for the body itself and one for each kind of body beside it."""
    for path in (BODY, *BESIDE):
        there = memberships.order_by() if path == BODY else memberships.order_by().filter(**{f"{path}__isnull": False})
        yield there.values_list(*columns, F(path))


def own_bodies(user):
    """Keys of the organisations for which the person acts or did recently."""
    return recent_memberships().filter(user=user).order_by().values_list(F(BODY))


def bodies_beside(own) -> list:
    """Queries of keys of the organisations beside those that `own` selects, to be united with it.

    The same ties as BESIDE, asked from their far ends without joins, so that PostgreSQL plans them in half the time.
    """
    bodies, networks = Organisation.objects.order_by(), Organisation.networks.through.objects.order_by()
    return [
        bodies.filter(pk__in=own, parent__isnull=False).values_list("parent"),
        bodies.filter(parent__in=own).values_list("pk"),
        networks.filter(from_organisation__in=own).values_list("to_organisation"),
        networks.filter(to_organisation__in=own).values_list("from_organisation"),
    ]


def ties_of(users) -> dict:
    """Key of a person -> keys of the organisations that they are tied to; one statement for all."""
    first, *others = _rows(recent_memberships().filter(user__in=users), "user")
    found = {}
    for person, body in first.union(*others):
        found.setdefault(person, set()).add(body)
    return found
