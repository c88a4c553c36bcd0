"""What Django loads at the first request, loaded before a web process is forked into workers.

Otherwise each new worker lets its first visitors wait for it: for all views, for the patterns of addresses, for the
words of their language. What is loaded once is also shared in memory by all workers.
"""

from django.conf import settings
from django.urls import get_resolver
from django.utils.translation.trans_real import translation


def load_what_requests_need() -> None:
    """Load the views, compile the patterns of addresses and read the catalogues of all languages; asks no database."""
    _compile(get_resolver())
    for code, _name in settings.LANGUAGES:
        translation(code)


def _compile(resolver):
    resolver.pattern.regex  # noqa: B018 - asking compiles it
    for each in getattr(resolver, "url_patterns", ()):
        _compile(each)
