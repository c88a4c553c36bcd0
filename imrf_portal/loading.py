"""What Django loads at the first request, loaded before a web process is forked into workers.

Otherwise each new worker lets its first visitors wait for it: for all views, for the patterns of addresses, for the
words of their language, for the templates of a page: seconds of processor together. What is loaded once is also shared in
memory by all workers.
"""

import gc
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils.translation.trans_real import translation


def load_what_requests_need() -> None:
    """Load views, patterns of addresses, templates of pages and the catalogues of all languages; asks no database."""
    _compile(get_resolver())
    for folder in map(Path, settings.TEMPLATES[0]["DIRS"]):
        for page in folder.rglob("*.html"):
            get_template(str(page.relative_to(folder)))
    for code, _name in settings.LANGUAGES:
        translation(code)


COLLECTED_AFTER = (10_000, 20, 20)  # objects made and not yet gone; collections of the young, of the middle generation


def spare_what_stays() -> None:
    """Leave what is loaded out of every later collection of garbage, and collect less often what comes and goes.

    A process has a million objects that stay as long as it runs. Python looks through them again and again, which takes
    most of a second each time, in the middle of somebody's request; untouched, they also stay shared by forked processes.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


def _compile(resolver):
    resolver.pattern.regex  # noqa: B018 - asking compiles it
    for each in getattr(resolver, "url_patterns", ()):
        _compile(each)
