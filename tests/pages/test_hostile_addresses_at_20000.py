"""Hostile questions to lists, search, feeds and the API at 20,000 inputs: each is answered or refused within a second.

`pytest tests/pages/test_hostile_addresses_at_20000.py -m soak -s` prints the dearest; seconds are those of the processor, of
the web and of PostgreSQL together. The texts are those of the relevance set, in six languages.
"""

import pytest
from django.db import connection, transaction

from submissions.models import PublishedInput
from tests.bench.growing import grow
from tests.factories import make_forum, make_user
from tests.pages.test_hostile_addresses import MOST_SECONDS, WHOLE, WORDS, ask, named_in, said_in
from tests.pages.turns import next_of
from tests.submissions.queue_bench import worked
from tests.submissions.relevance.texts import store

pytestmark = [pytest.mark.soak, pytest.mark.django_db]
SIZE = 20_000
ADDRESSES = (
    "/en/inputs/",
    "/zh-hans/inputs/",
    "/ar/forums/2026/inputs/",
    "/en/suggest/",
    "/en/organisations/",
    "/en/objectives/7/",
    "/en/figures/",
    "/en/embed/inputs/",
    "/feeds/inputs.atom",
    "/api/v1/inputs/",
    "/api/v1/statistics/",
    "/oai",
)
BROAD = [
    "migration",
    "the+or+of",
    "%22international+cooperation%22",
    "a*",
    "%D9%88+OR+%D9%81%D9%8A",
    "m%25+-zzz",
    "migraton",
]
OF_THE_REST = 4  # words a parameter, others each week: no other makes the database read as much as words do
NAMES = (
    "q",
    "page",
    "sort",
    "cursor",
    "year",
    "objective",
    "level",
    "country",
    "organisation",
)  # beside those of the page itself


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker):
    """Made once for all addresses, and gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        forum = make_forum()
        store()
        grow(forum, SIZE, [make_user().pk])
        assert PublishedInput.objects.count() >= SIZE
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def grown(db, kept):
    """Within a transaction of its own for each address."""


@pytest.mark.parametrize("address", ADDRESSES)
def test_hostile_questions_are_answered_within_a_second_at_20000_inputs(grown, address):
    asked = list(questions(address))
    costs = sorted(((*cost_of(address, query), query[:70]) for query in asked), reverse=True)
    print(f"\n{address}: {len(asked)} questions", *(f"  {each}" for each in costs[:3]), sep="\n")  # noqa: T201
    assert [each for each in costs if each[0] > MOST_SECONDS or each[1] >= 500] == []


def questions(address):
    yield from WHOLE
    for name in sorted({*named_in(said_in(ask(address)), address), *NAMES}):
        yield from (f"{name}={word}" for word in (WORDS if name == "q" else next_of(WORDS, f"{address}{name}", OF_THE_REST)))
    yield from (f"q={word}" for word in BROAD)
    yield from (f"q={word}&sort=title&level=national&page=2" for word in BROAD)


def cost_of(address, query):
    began = worked()
    answer = ask(address, query)
    answer.getvalue()
    return round(worked() - began, 2), answer.status_code
