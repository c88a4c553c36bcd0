"""A list of published inputs as a reader asked for it, in at most seven statements, whatever the number of inputs."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import DurationField, F, Value
from django.db.models.functions import Concat
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.cards import cards
from submissions.publication import last_change
from submissions.search.asked import LONGEST
from submissions.search.asking import Question, understand
from submissions.search.by_bits import count_by_bits
from submissions.search.counting import Counts, kept_count
from submissions.search.facets import facets, nearest, pills, ways_out
from submissions.search.finding import MOST_RANKED, ON_A_PAGE, find
from submissions.search.marking import Marks, marked
from submissions.search.own_texts import own_texts
from submissions.search.passages import hits
from submissions.search.querying import by_index, read_words
from submissions.search.widening import Attempt, attempts

NEWEST = ("-visible_at", "-pk")
# The same order by an expression that no index has: for a rare word PostgreSQL would walk the whole index of dates.
NEWEST_OF_FOUND = ((F("visible_at") + Value(timedelta(0), DurationField())).desc(), "-pk")
ORDERS = {
    "newest": NEWEST,
    "relevance": ("-rank", "-visible_at", "-pk"),
    "organisation": ("organisation_name", "-visible_at", "-pk"),
    "title": ("title", "-visible_at", "-pk"),
    "country": ("countries", "-visible_at", "-pk"),
}
OF_FOUND = {  # those that finding.py leaves to the public rows, likewise by no index
    "organisation": (Concat("organisation_name", Value("")), *NEWEST_OF_FOUND),
    "title": (Concat("title", Value("")), *NEWEST_OF_FOUND),
    "country": ORDERS["country"],
}
BY_KEYS = {**OF_FOUND, "newest": NEWEST_OF_FOUND}  # of few that are known by their keys, likewise
ORDER_WORDS = {
    "newest": gettext_lazy("Newest"),
    "relevance": gettext_lazy("Relevance"),
    "organisation": gettext_lazy("Organisation"),
    "title": gettext_lazy("Title"),
    "country": gettext_lazy("Country"),
}
NOTHING = Counts(0, 0, {}, {})


class Pages(Paginator):
    """Pages of a list whose length is known already."""

    def __init__(self, rows, total):
        super().__init__(rows, ON_A_PAGE)
        self.total = total

    @cached_property
    def count(self):
        return self.total


@dataclass
class Listing:
    question: Question
    counts: Counts = NOTHING
    page: object = None  # a page of the paginator; None where the question made no sense
    cards: tuple = ()
    troubles: tuple = ()  # sentences for the reader
    attempt: Attempt | None = None  # how the words were asked in the end

    @property
    def status(self) -> int:
        return 400 if self.page is None else 200

    def context(self) -> dict:
        """Everything the list part of a page needs."""
        filters = self.question.filters
        parts = (filters, self.counts, self.question.vocabulary)
        counted = not filters.unknown
        return {
            "filters": filters,
            "forum": self.question.forum,
            "page": self.page,
            "answered": self.page is not None,
            "cards": self.cards,
            "total": self.counts.total,
            "troubles": self.troubles,
            "nearest": nearest(filters, self.attempt) if self.counts.total else None,
            "pills": pills(filters, self.question.vocabulary),
            "facets": facets(*parts) if counted else [],
            "ways_out": ways_out(*parts) if counted and not self.counts.total else [],
            "orders": _orders(filters),
            "query": filters.query(),
            "whole_query": filters.whole_query(),
            "feed_query": filters.feed_query(),
        }


def list_inputs(query, *, at, fixed=(), forums=None) -> Listing:
    """Answer a query string; `fixed` are pairs of field and code that the address itself says, `forums` as understand()."""
    question = understand(query, at=at, fixed=fixed, forums=forums)
    listing = Listing(question, troubles=tuple(words for _field, words in question.unknown() + question.ignored()))
    if question.filters.is_cut:
        listing.troubles += (_("Only the first %(most)d signs of the words were looked for.") % {"most": LONGEST},)
    return listing if question.filters.unknown else _filled(listing, at)


def _filled(listing, at):
    question, filters = listing.question, listing.question.filters
    if filters.q:
        with by_index():
            return _answered(listing, at)
    key = f"{filters.fixed}|{filters.chosen}"
    counts = listing.counts = kept_count(lambda: count_by_bits(question, at), key=key, version=last_change(at))
    if _has_page(listing):
        inputs = question.scope(at) if counts.among is None else question.among(counts.among, at)
        order = (ORDERS if counts.among is None else BY_KEYS)[filters.order]
        rows = _narrowed(inputs, question).order_by(*order).for_cards()
        _show(listing, list(rows[_slice(filters)]) if counts.total else [])
    return listing


def _answered(listing, at):
    """What answers the words, else what comes nearest; nothing where nothing was asked but signs."""
    question = listing.question
    asked = read_words(question.filters.q)
    keys = []
    for attempt in attempts(asked, at) if asked.words else ():
        listing.attempt = attempt
        listing.counts, keys = find(attempt, question, at)
        if listing.counts.found:
            break
    if not _has_page(listing):
        return listing
    if question.filters.order in OF_FOUND and listing.counts.total:
        inputs = _narrowed(listing.attempt.answers(question.scope(at)), question).order_by(*OF_FOUND[question.filters.order])
        keys = list(inputs.values_list("pk", flat=True)[_slice(question.filters)])
    marks = Marks(listing.attempt.reading) if listing.attempt else None
    rows = marked(keys, marks) if keys else []
    found = hits(rows, marks) if rows else {}
    return _show(listing, rows, marks, found, own_texts(rows, marks, found) if rows else {})


def _narrowed(inputs, question):
    for condition in question.conditions().values():
        inputs = inputs.filter(condition)
    return inputs


def _slice(filters):
    return slice((filters.page - 1) * ON_A_PAGE, filters.page * ON_A_PAGE)


def _has_page(listing) -> bool:
    """Whether the list has the page that was asked for; if not, that is said."""
    pages, page = Pages((), listing.counts.total), listing.question.filters.page
    if page <= pages.num_pages:
        listing.page = pages.page(page)
        return True
    sentence = _("There is no page %(page)d: this list ends with page %(last)d.")
    listing.troubles += (sentence % {"page": page, "last": pages.num_pages},)
    return False


def _show(listing, rows, marks=None, found=None, own=None):
    listing.page.object_list = rows
    listing.cards = cards(rows, listing.question.vocabulary, marks, found, own)
    return listing


def _orders(filters):
    return [
        {"label": word, "url": f"?{filters.sorted_by(sort).query()}", "current": sort == filters.order}
        for sort, word in ORDER_WORDS.items()
        if sort != "relevance" or filters.q
    ]


def in_order(inputs, filters):
    """Inputs that a question found, the newest first unless another order was chosen; the caller takes the first of them."""
    newest = NEWEST_OF_FOUND if filters.q else NEWEST
    if filters.sort == "relevance" and filters.q:
        inputs = inputs.filter(pk__in=inputs.order_by(*newest).values("pk")[:MOST_RANKED])
        return inputs.order_by(*ORDERS["relevance"])
    return inputs.order_by(*(newest if filters.sort in ("", "newest", "relevance") else ORDERS[filters.sort]))
