"""Sessions as Django keeps them in PostgreSQL; what every request of somebody signed in asks is written once."""

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from forums.kept_statements import KeptStatement

SESSION = KeptStatement(lambda *, key: Session.objects.filter(session_key=key, expire_date__gt=Now()), prepared=True)


class SessionStore(InDatabase):
    def _get_session_from_db(self):
        """The row of this session; where there is none, or no longer, it has no key any more."""
        found = SESSION.rows(key=self.session_key)
        if not found:
            self._session_key = None
        return found[0] if found else None
