"""What belongs to a thread belongs to it alone, as Django keeps it (imrf_portal/plain_threads.py)."""

from threading import Thread, local

from django.conf import settings
from django.core.cache import caches
from django.db import connections
from django.urls import get_script_prefix, get_urlconf, set_script_prefix, set_urlconf
from django.utils import timezone
from django.utils.translation import get_language, override

from imrf_portal.plain_threads import HANDLERS, HOLDERS, _as_plain, keep_in_threads


def in_another_thread(act):
    found = []
    thread = Thread(target=lambda: found.append(act()))
    thread.start()
    thread.join()
    return found[0]


def test_each_holder_of_django_is_there_and_kept_so():
    """An upgrade that renames one fails at the start of every process; one that no longer uses it is seen below."""
    keep_in_threads()  # as at the start: Django's own tests of settings put others in their place
    for holder, name in HOLDERS:
        assert type(getattr(holder, name)) is local, name
    assert type(connections._connections) is local
    assert [handler._connections for handler in HANDLERS]


def test_language_zone_and_addresses_of_a_thread_are_not_those_of_another():
    with override("ar"), timezone.override("Asia/Tokyo"):
        set_urlconf("other.urls")
        set_script_prefix("/other/")
        try:
            seen = in_another_thread(
                lambda: (get_language(), timezone.get_current_timezone_name(), get_urlconf(), get_script_prefix())
            )
            assert (get_language(), get_urlconf(), get_script_prefix()) == ("ar", "other.urls", "/other/")
        finally:
            set_urlconf(None)
            set_script_prefix("/")
    assert seen == (settings.LANGUAGE_CODE, settings.TIME_ZONE, None, "/")
    assert (get_language(), get_urlconf()) == (settings.LANGUAGE_CODE, None)


def test_each_thread_has_connections_and_caches_of_its_own():
    mine = connections["default"], caches["default"]
    others = in_another_thread(lambda: (connections["default"], caches["default"]))
    assert mine[0] is connections["default"]
    assert mine[0] is not others[0]
    assert mine[1] is not others[1]


def test_what_the_first_thread_has_already_it_keeps():
    class Kept:
        value = "ar"

    plain = _as_plain(Kept(), ["value", "other"])
    assert vars(plain) == {"value": "ar"}
