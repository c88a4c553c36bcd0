"""Addresses of an author's pages, which stand there by the dozen: found once by Django, written again with another key."""

from functools import lru_cache
from uuid import UUID

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

ANY = UUID("00000000-0000-4000-8000-000000001903")


def place(name, key) -> str:
    """What `reverse(name, args=[key])` is, for a page that is named by one key."""
    return _written(name, get_language(), get_urlconf(), get_script_prefix()).replace(str(ANY), str(key))


@lru_cache(maxsize=512)
def _written(name, _language, urlconf, _prefix) -> str:
    return reverse(name, urlconf, args=[ANY])
