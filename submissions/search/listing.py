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
from submissions.search.counting import Counts, count, kept_count
from submissions.search.facets import facets, nearest, pills, ways_out
from submissions.search.marking import Marks
from submissions.search.passages import hits, with_files
from submissions.search.querying import by_index, read_words, with_known_words
from submissions.search.widening import Attempt, attempts

ON_A_PAGE = 25
MOST_RANKED = 1000  # ranking reads every vector: of more matches than these the newest are ranked, the rest follow
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
OF_FOUND = {  # the same for what has the words or is known by its keys, likewise by no index
    **ORDERS,
    "newest": NEWEST_OF_FOUND,
    "organisation": (Concat("organisation_name", Value("")), *NEWEST_OF_FOUND),
    "title": (Concat("title", Value("")), *NEWEST_OF_FOUND),
}
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
    if not listing.question.filters.q:
        return _cut(listing, *_counted(listing.question, at))
    with by_index():
        return _cut(listing, *_counted_words(listing, at))


def _counted(question, at):
    filters = question.filters
    key = f"{filters.fixed}|{filters.chosen}"
    counts = kept_count(lambda: count_by_bits(question, at), key=key, version=last_change(at))
    return question.scope(at) if counts.among is None else question.among(counts.among, at), counts


def _counted_words(listing, at):
    """What answers the words, else what comes nearest; nothing where nothing was asked but signs."""
    question = listing.question
    asked = read_words(question.filters.q)
    if not asked.words:
        return question.scope(at).none().annotate(rank=Value(0.0)), NOTHING  # every order of found inputs can be asked
    for attempt in attempts(with_known_words(asked), at):
        listing.attempt = attempt
        inputs = attempt.answers(question.scope(at))
        if (counts := count(inputs, question.conditions())).found:
            return inputs, counts
    return inputs, counts


def _cut(listing, inputs, counts):
    question, filters = listing.question, listing.question.filters
    listing.counts = counts
    for condition in question.conditions().values():
        inputs = inputs.filter(condition)
    pages = Pages(_sorted(inputs, filters, counts, listing.attempt), counts.total)
    if filters.page > pages.num_pages:
        sentence = _("There is no page %(page)d: this list ends with page %(last)d.")
        listing.troubles += (sentence % {"page": filters.page, "last": pages.num_pages},)
        return listing
    listing.page = pages.page(filters.page)
    rows = listing.page.object_list if counts.total else inputs.none()
    asked = listing.attempt.asked if listing.attempt else None
    marks = Marks(asked) if asked else None
    listing.page.object_list = list(with_files(marks.annotated(rows)) if marks else rows)
    found = hits(listing.page.object_list, marks) if marks else {}
    listing.cards = cards(listing.page.object_list, question.vocabulary, marks, found)
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


def _sorted(inputs, filters, counts, attempt):
    order = (ORDERS if not filters.q and counts.among is None else OF_FOUND)[filters.order]
    if filters.order == "relevance" and counts.total > MOST_RANKED:
        if filters.page > MOST_RANKED // ON_A_PAGE:
            order = NEWEST_OF_FOUND
        else:
            inputs = attempt.ranked(inputs.order_by(*NEWEST_OF_FOUND).values("pk")[:MOST_RANKED])
    return inputs.order_by(*order).for_cards()
