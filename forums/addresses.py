"""Addresses that stand on a page by the dozen: Django finds each way anew, here it is found once a language."""

import re
from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

WAYS_KEPT = 128
PLAIN = re.compile(r"[A-Za-z0-9_-]+")  # stands in an address as it is, whatever kind of value the way asks for
SOMETHING = "7-Some_thing-7"


def address(name: str, value: str) -> str:
    """What `reverse(name, args=[value])` gives, of a way that takes one word."""
    return way_to(name)(value)


def way_to(name: str):
    """The same as a function of the value, for a page that asks for many."""
    way = _way(name, get_language(), get_urlconf(), get_script_prefix())

    def address_of(value):
        return way.replace(SOMETHING, value) if PLAIN.fullmatch(value) else reverse(name, args=[value])

    return address_of


@lru_cache(maxsize=WAYS_KEPT)
def _way(name, _language, _urlconf, _prefix):
    return reverse(name, args=[SOMETHING])
