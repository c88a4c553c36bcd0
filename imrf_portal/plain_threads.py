"""Language, time zone, addresses and connections of a thread, kept as Python keeps what belongs to a thread.

Django keeps them so that asynchronous code can take them along, behind a lock and two look-ups in Python; a page asks for
its language and its connection three hundred times. Nothing of the portal is asynchronous: each request stays in one thread.
"""

from threading import local

from django.core.cache import caches
from django.db import connections
from django.urls import base
from django.utils import timezone
from django.utils.translation import trans_real

HOLDERS = (
    (trans_real, "_active"),
    (timezone, "_active"),
    (base, "_prefixes"),
    (base, "_urlconfs"),
)
HANDLERS = (connections, caches)


def keep_in_threads() -> None:
    """From now on in this process; what its first thread has already, it keeps."""
    for holder, name in HOLDERS:
        setattr(holder, name, _as_plain(getattr(holder, name), ["value"]))
    for handler in HANDLERS:
        handler._connections = _as_plain(handler._connections, list(handler))


def _as_plain(kept, names) -> local:
    plain = local()
    for name in names:
        if hasattr(kept, name):
            setattr(plain, name, getattr(kept, name))
    return plain
