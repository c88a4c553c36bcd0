"""Counts of public pages that were read, by day, kind and language: row 11.6 of what the portal must do.

A process counts in its own memory and adds what it has to the table now and then, from a thread of its own: nobody waits for
it, and no address, no name of a browser and no order of pages is ever written. A process that is killed takes the counts of
its last moments with it. Programs that say what they are do not count, nor pages that a browser fetches in advance.
"""

import atexit
import os
import re
from collections import Counter
from functools import lru_cache
from threading import Event, Lock, Thread

from django.conf import settings
from django.db import Error, connection, transaction
from django.utils.timezone import now

from forums.models import PageKind

VIEWS = {
    PageKind.HOME: "home",
    PageKind.LIST: "inputs forum_inputs round_table objective country region inputs_used",
    PageKind.INPUT: "input version differences",
    PageKind.FILE: "file",
    PageKind.FORM: "pdf docx json ris bibtex csl inputs_csv inputs_xlsx inputs_ris inputs_bib",
    PageKind.ORGANISATION: "organisations organisation accredited circulated circulated_list",
    PageKind.FORUM: "forums forum programme release session calendar changes",
    PageKind.REVIEW: "regional_reviews national_reviews reports objectives countries document_file",
    PageKind.FIGURES: "figures coverage forum_figures forum_coverage figures_csv forum_figures_csv national_reviews_csv",
    PageKind.DATA: "open_data open_data_file",
}
KIND_OF = {name: kind for kind, names in VIEWS.items() for name in names.split()}
PROGRAM = re.compile(
    r"bot|crawl|spider|slurp|archiv|fetch|preview|monitor|check|scan|feed|rss|lighthouse|headless|phantom|scrapy|curl|wget"
    r"|python|java/|okhttp|go-http|libwww|perl|ruby|php|axios|node|http-?client|facebookexternalhit|whatsapp|embedly|sickle",
    re.IGNORECASE,
)
ADDED = """
    INSERT INTO forums_pagecount (day, page, language, number) VALUES (%s, %s, %s, %s)
    ON CONFLICT (day, page, language) DO UPDATE SET number = forums_pagecount.number + EXCLUDED.number
"""


class Counts:
    """What one process counted and has not added yet."""

    def __init__(self):
        self.waiting, self.turn, self.process, self.ended = Counter(), Lock(), None, Event()

    def count(self, kind, language):
        """Counts one page, and sees to it that this process adds its counts (a fork begins with none of them)."""
        with self.turn:
            if self.process != os.getpid():
                self.process, self.waiting = os.getpid(), Counter()
                Thread(target=self._add_now_and_then, name="counts of pages", daemon=True).start()
                atexit.register(self.add)
            self.waiting[now().date(), str(kind), language] += 1

    def add(self):
        """Adds what waits to the table; what cannot be added now waits for the next time."""
        with self.turn:
            counted, self.waiting = self.waiting, Counter()
        if not counted:
            return
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(ADDED, [(*key, number) for key, number in sorted(counted.items())])
        except Error:
            with self.turn:
                self.waiting.update(counted)

    def _add_now_and_then(self):
        while not self.ended.wait(settings.PAGE_COUNT_SECONDS):
            self.add()
            connection.close()  # of this thread, which needs none until the next time


COUNTS = Counts()


def count_pages(get_response):
    """The middleware, outside of all that answers: also a page that was kept ready is read."""

    def answer(request):
        response = get_response(request)
        if settings.PAGE_COUNT_SECONDS and (kind := kind_of(request, response)):
            COUNTS.count(kind, _language(request))
        return response

    return answer


def kind_of(request, response):
    """The kind of a public page that a person read; None for all else: errors, private pages, programs, what is fetched
    in advance."""
    view = getattr(request, "read_view", None) or (request.resolver_match and request.resolver_match.view_name)
    if not view or not getattr(request, "is_public_page", False) or response.status_code not in (200, 304):
        return None
    if request.method != "GET" or _is_in_advance(request) or is_program(request.headers.get("User-Agent", "")):
        return None
    kind = KIND_OF.get(view.rpartition(":")[2], PageKind.OTHER)
    return PageKind.SEARCH if kind == PageKind.LIST and request.GET.get("q") else kind


def _is_in_advance(request):
    return "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))


@lru_cache(maxsize=1024)
def is_program(agent) -> bool:
    """Whether the name that a browser gives is that of a program, or none at all."""
    return not agent or bool(PROGRAM.search(agent))


def _language(request):
    first = request.path_info.split("/", 2)[1]
    return first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
