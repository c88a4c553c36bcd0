"""Which organisations a person is tied to, as far as the records know: one query, for one person or for many.

Tied means: acts for it today, or did so until a stated time ago; or it is what such a body is part of, a branch of it, a
network that it belongs to, or a member of it as a network. Two members of one network are not tied by that alone.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Now

from accreditation.models import Membership

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


def bodies_tied_to(user) -> list:
    """Queries of keys of organisations, to be united with others."""
    return list(_rows(recent_memberships().filter(user=user)))


def ties_of(users) -> dict:
    """Key of a person -> keys of the organisations that they are tied to; one statement for all."""
    first, *others = _rows(recent_memberships().filter(user__in=users), "user")
    found = {}
    for person, body in first.union(*others):
        found.setdefault(person, set()).add(body)
    return found
