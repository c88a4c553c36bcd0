"""Which inputs a list has, in the order of its page: few statements and few rows in memory, however long it is."""

from contextlib import contextmanager
from itertools import chain

from django.db import transaction

from submissions import publication
from submissions.describing import described
from submissions.search.finding import MOST_RANKED
from submissions.search.listing import in_order
from submissions.search.querying import by_index, read_words
from submissions.search.widening import attempts

AT_ONCE = 500


class TooMany(Exception):
    """The list is longer than a file of that kind takes."""


@contextmanager
def found(question, at, *, most, forums, nearest=False):
    """How many inputs a list has, and the described ones, one after the other, out of one transaction; TooMany before.

    With `nearest` what the page shows where nothing answers the words: a program that does not say so gets nothing.
    """
    with by_index() if question.filters.q else transaction.atomic():
        inputs = _nearest(question, at) if nearest else question.inputs(at)
        number = inputs.order_by()[: most + 1].count()
        if number > most:
            raise TooMany
        yield number, _described(question, inputs, {forum.pk: forum for forum in forums})


def _nearest(question, at):
    """What answers the words as typed, as they were likely meant, or some of them: as list_inputs() tries them."""
    inputs, asked = question.inputs(at), read_words(question.filters.q)
    for attempt in attempts(asked, at) if asked.words else ():
        if (scope := attempt.answers(question.scope(at))).order_by().count():
            inputs = scope
            for condition in question.conditions().values():
                inputs = inputs.filter(condition)
            break
    return inputs


def _described(question, inputs, forums):
    for published in chain.from_iterable(_rows(part) for part in _in_page_order(inputs, question.filters)):
        published.forum = forums[published.forum_id]
        yield described(published, question.vocabulary)


def _rows(inputs):
    return inputs.iterator(AT_ONCE)


def _in_page_order(inputs, filters):
    """As on the pages: by relevance only the newest matches are ranked, and the others follow by date."""
    filters = filters.sorted_by(filters.order)
    yield _lean(in_order(inputs, filters))
    if filters.sort == "relevance":
        yield _lean(in_order(inputs, filters.sorted_by("newest")))[MOST_RANKED:]


def _lean(inputs):
    """With number and moment of the version, without the forum, which many rows share."""
    return publication.with_version(inputs).select_related(None).lean()
