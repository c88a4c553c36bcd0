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

from imrf_portal import address_tables
from imrf_portal.catalogues import compact
from imrf_portal.shared_nodes import shared_nodes

MADE_BY_WORKERS = ("emails", "print")  # folders of templates


def load_what_requests_need() -> None:
    """Load views, patterns and tables of addresses, templates of pages, catalogues of all languages; asks no database."""
    _load_words()
    _compile(get_resolver())
    _lay_out_addresses(get_resolver())
    with shared_nodes():
        for folder in map(Path, settings.TEMPLATES[0]["DIRS"]):
            for page in folder.rglob("*.html"):
                if not set(page.relative_to(folder).parts) & set(MADE_BY_WORKERS):
                    _load_page(str(page.relative_to(folder)))


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
    """Load the catalogues, keep them as bytes, and let those of the reader go. What is English in them stands once."""
    places = {}
    for code, _name in settings.LANGUAGES:
        compact(translation(code)._catalog, places)
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
    """Lay out the tables by which addresses are written; what is not asked of them goes before the templates are loaded."""
    with address_tables.watched():
        _ask_for_addresses(resolver)
        address_tables.let_go_of_inner_tables()
        _ask_for_addresses(resolver)
        address_tables.say_once()


def _ask_for_addresses(resolver):
    """Each app, in each language, for one that is not there."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            for app in resolver.namespace_dict:
                with suppress(NoReverseMatch):
                    reverse(f"{app}:nothing")
