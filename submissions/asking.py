"""Who asks on a page of the desk, and when; its statements are put together once for all who see the same kinds of things.

Putting them together takes some ten times as long as PostgreSQL needs to answer. They are made for a stand-in, and the
person and the moment of each question are filled in (forums/remembered.py).
"""

import copy
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db import connection
from django.utils.translation import get_language

from forums.remembered import MOMENT, SOMEBODY, remembered_at
from submissions.models.asked_once import asked_once
from submissions.models.known_open import UNKNOWN, ask_what_is_closed, closed_to_some_extent


class Asking:
    def __init__(self, user, at: datetime):
        everything = user.is_active and user.is_superuser
        self.may = "everything" if everything else frozenset(user.get_all_permissions())
        self.user, self.at = copy.copy(user), at  # what is closed is known of the copy, for as long as this is asked
        known = closed_to_some_extent(user)
        self.closed = ask_what_is_closed(self.user) if known is UNKNOWN else known

    @cached_property
    def kind(self) -> tuple:
        """All that decides which statements are asked, besides the person and the moment."""
        return self.may, self.closed, settings.CONFLICT_DAYS, get_language()

    def stand_in(self):
        """Somebody with the same permissions, to whom as much is closed, and of whom nothing else is known."""
        user = self.user
        flags = {name: getattr(user, name) for name in ("is_active", "is_staff", "is_superuser")}
        somebody = type(user)(pk=SOMEBODY, **flags)
        somebody.what_is_closed = self.closed
        if not user.is_superuser:
            somebody._perm_cache = set(self.may)
        return somebody

    def rows(self, name, make) -> list:
        """What the SQL and the parameters find that `make(user, at)` gives. It must ask those two, and nobody else."""
        sql, params = remembered_at((name, self.kind), lambda: self._made(make), self.user.pk, self.at)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    def _made(self, make) -> tuple:
        somebody = self.stand_in()
        return asked_once(*make(somebody, MOMENT), somebody)
