import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self):
        """Whether a kept connection will answer, as CONN_HEALTH_CHECKS asks before the first statement of each request.

        A server that ends or dies closes its side, and the kernel says at once that there is something to read; one that
        has nothing to say is there. So only where something lies there (a farewell, or a notice that changes nothing) it is
        asked, which costs as much as a page that was made before.
        """
        return not self._has_words() or super().is_usable()

    def _has_words(self):
        poll = select.poll()
        try:
            poll.register(self.connection.fileno(), select.POLLIN)
        except base.Database.Error:  # closed here already
            return True
        return bool(poll.poll(0))  # POLLERR and POLLHUP are always told
