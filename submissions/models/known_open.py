"""What a page of the desk knows of who reads it: whether anything is closed to them at all. Asked once, as the page begins.

Most people of a desk have neither a tie to a body nor a scope. PostgreSQL would plan for each part of a page what is never
closed to them, and reads no row through an index alone while a condition of theirs stands beside it. To whom something is
closed, and wherever nobody asked, every query has its conditions as ever: what is pressed is decided by them anew.
"""

from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Exists

from accreditation.models import DeskScope, User
from accreditation.ties import own_bodies
from forums.remembered import remembered


class Extent(NamedTuple):
    by_conflict: bool = True
    by_scope: bool = True


UNKNOWN = Extent()


def ask_what_is_closed(user) -> Extent:
    """For a page that is looked at, and for no longer: it stays with the person as this request knows them."""
    with connection.cursor() as cursor:
        cursor.execute(*remembered(_asked, user.pk, settings.CONFLICT_DAYS))
        found = cursor.fetchone()
    user.what_is_closed = Extent(*found) if found else UNKNOWN
    return user.what_is_closed


def closed_to_some_extent(user) -> Extent:
    return getattr(user, "what_is_closed", UNKNOWN)


def _asked(somebody) -> tuple:
    """Who is tied to no body and declared nothing is in conflict with no input: all others follow from these."""
    from .conflict import Conflict

    declared = Conflict.objects.standing().filter(user=somebody).order_by()
    scopes = DeskScope.objects.standing().filter(user=somebody).order_by()
    tied = Exists(own_bodies(somebody)) | Exists(declared)
    return User.objects.filter(pk=somebody).order_by().values_list(tied, Exists(scopes)).query.sql_with_params()
