"""Libraries of our libraries, loaded when they are first used and not when they are first named.

Each of these is imported by something that every web process needs, for a purpose that few of its requests have. In its
place stands a module without contents; whoever asks it for anything gets the real one, which is loaded then. Modules of
ours say the same by importing inside a function.
"""

import sys
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.metadata import version
from threading import Lock
from types import ModuleType

LATE = (
    "allauth.mfa.webauthn.internal.auth",  # passkeys: fido2, with the list of all public suffixes, and cryptography
    "charset_normalizer",  # guesses at letters, for answers of other sites that do not say theirs
    "redis.asyncio",  # a client for programs that wait for nothing; ours wait
)
LATE_CALLS = {"rest_framework.test": ("APIRequestFactory",)}  # the tests of Django, for who describes the API
NEVER = ("pygments", "requests", "yaml")  # Django REST framework looks whether they are there, for pages that we do not have
_taking_out = Lock()


class LateModule(ModuleType):
    """Stands for a module until something in it is asked for."""

    def __getattr__(self, name):
        if name == "__path__":  # a module inside of it is asked for, not this one
            return _path(self.__name__)
        if name == "__version__":
            return version(self.__name__)
        if name.startswith("__"):  # whoever looks at all modules there are
            raise AttributeError(name)
        return getattr(_real(self), name)


def load_late() -> None:
    """From now on these modules are loaded by their first use; those that are loaded already are left alone."""
    for name in LATE:
        sys.modules.setdefault(name, LateModule(name))
    for name, calls in LATE_CALLS.items():
        late = LateModule(name)
        vars(late).update({call: partial(_called, late, call) for call in calls})
        sys.modules.setdefault(name, late)


def _called(late, name, *args, **kwargs):
    return getattr(_real(late), name)(*args, **kwargs)


def _path(name):
    parent = name.rpartition(".")[0]
    found = PathFinder.find_spec(name, sys.modules[parent].__path__ if parent else None).submodule_search_locations
    if found is None:
        raise AttributeError("__path__")
    return found


def _real(late):
    """Two threads may come at once: the second waits in the import until the first has loaded it."""
    with _taking_out:
        if sys.modules.get(late.__name__) is late:
            del sys.modules[late.__name__]
    return import_module(late.__name__)


@contextmanager
def as_if_absent(*names):
    """Inside, importing one of these fails, as it does where it is not installed; one that is loaded is given."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)


def load_api_framework() -> None:
    """Load Django REST framework without what only its pages for browsers would need."""
    with as_if_absent(*NEVER):
        import_module("rest_framework.compat")
