"""What Django loads at the first request, loaded before a web process is forked into workers.

Otherwise each new worker lets its first visitors wait for it: for all views, for the patterns and tables of addresses, for
the words of their language, for the templates of a page: seconds of processor together. What is loaded once is also shared
in memory by all workers. What only sweeps ask for is not loaded here: letters and printed papers are made by workers, and
the libraries that make files are imported where a file is made.
"""

import gc
import gettext
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.base import Node
from django.template.loader import get_template
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.translation import override
from django.utils.translation.trans_real import translation

MADE_BY_WORKERS = ("emails", "print")  # folders of templates


def load_what_requests_need() -> None:
    """Load views, patterns and tables of addresses, templates of pages, catalogues of all languages; asks no database."""
    _load_words()
    for folder in map(Path, settings.TEMPLATES[0]["DIRS"]):
        for page in folder.rglob("*.html"):
            if not set(page.relative_to(folder).parts) & set(MADE_BY_WORKERS):
                _load_page(str(page.relative_to(folder)))
    _compile(get_resolver())
    _lay_out_addresses(get_resolver())


COLLECTED_AFTER = (5_000, 4, 4)  # objects made and not yet gone; collections of the young, of the middle generation


def spare_what_stays() -> None:
    """Leave what is loaded out of every later collection of garbage, and collect less often what comes and goes.

    A process has a million objects that stay as long as it runs. Python looks through them again and again, which takes
    most of a second each time, in the middle of somebody's request; untouched, they also stay shared by forked processes.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


def _load_words():
    """Load the catalogues. What is English in them is the key of each: one copy serves all, and those of the reader go."""
    keys = {}
    for code, _name in settings.LANGUAGES:
        catalogues = translation(code)._catalog._catalogs
        catalogues[:] = [{keys.setdefault(key, key): said for key, said in each.items()} for each in catalogues]
        gettext._translations.clear()


def _load_page(name):
    """Load a template, without its text and the places of its tags: only development shows where in a page a fault is."""
    template = get_template(name).template
    if not settings.DEBUG:
        template.source = ""
        for node in template.nodelist.get_nodes_by_type(Node):
            node.token = None
        template.nodelist.get_nodes_by_type = cache(template.nodelist.get_nodes_by_type)  # who extends it asks at each page


def _compile(resolver):
    resolver.pattern.regex  # noqa: B018 - asking compiles it
    for each in getattr(resolver, "url_patterns", ()):
        _compile(each)


def _lay_out_addresses(resolver):
    """Lay out the tables by which addresses are written, by asking each app, in each language, for one that is not there."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            for app in resolver.namespace_dict:
                with suppress(NoReverseMatch):
                    reverse(f"{app}:nothing")
