"""Filters without words are counted over bits: the same figures as over the rows, whatever happened to these."""

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.http import QueryDict
from django.utils.http import urlencode

from forums.models import Region
from imrf_portal.invariants.public_side import bits_of_facets_are_those_of_the_rows
from submissions.models import FacetBits, Findable, PublishedInput
from submissions.models.facet_bits import WIDTH
from submissions.search import by_bits
from submissions.search.asking import understand
from submissions.search.by_bits import count_by_bits
from submissions.search.counting import ONE, SEVERAL, count
from submissions.search.listing import list_inputs
from tests.bench.growing import grow
from tests.factories import NOW, make_call, make_forum, make_organisation, make_published, make_standing
from tests.kept import kept
from tests.tampering import reworded

LATER = NOW + timedelta(days=3)
QUESTIONS = 60
VALUES = {
    "forum": ["2026", "2022"],
    "level": ["local", "national", "regional", "global"],
    "objective": ["1", "2", "7", "23"],
    "round_table": ["1", "2", "3", "4"],
    "region": ["ECA", "ECE"],
    "country": ["KEN", "NPL"],
    "kind": ["civil_society", "member_state", "academia"],
    "basis": ["ecosoc", "none"],
    "language": ["en", "fr", "ar"],
    "year": ["2024", "2025", "2026"],
}


def make_many():
    """Two forums, four organisations; ninety rows of which no two need be filed alike."""
    forum = make_forum()
    Region.objects.create(code="ECE", name="Europe", commission="ECE")
    bodies = [make_organisation(f"Body {number}") for number in range(4)]
    make_standing(bodies[0], forum)
    for place, body in enumerate(bodies):
        make_published(call=make_call(forum), organisation=body, objectives=[(1, 2, 7, 23)[place]])
    make_published(call=make_call(make_forum("2022", year=2022, name="First")))
    grow(forum, 90, [])
    return bodies


@pytest.fixture
def bodies(db):
    return kept(make_many)


def scatter(chance, bodies):
    """File every row at random, by one statement each; then take some down, let some wait for their day, remove some."""
    for row in PublishedInput.objects.order_by("pk"):
        some = {field: chance.sample(VALUES[field], chance.randint(0, 2)) for field in SEVERAL}
        PublishedInput.objects.filter(pk=row.pk).update(
            level=chance.choice(VALUES["level"]),
            kind=chance.choice(VALUES["kind"]),
            basis=chance.choice(["ecosoc", ""]),
            language=chance.choice(VALUES["language"]),
            received_at=datetime(int(chance.choice(VALUES["year"])), 7, 1, tzinfo=UTC),
            objectives=sorted(map(int, some["objective"])),
            round_tables=sorted(map(int, some["round_table"])),
            countries=some["country"],
            regions=chance.choice([[], some["region"]]),
            organisation=chance.choice(bodies),
            co_sponsor_keys=sorted(body.pk for body in chance.sample(bodies, chance.choice([0, 0, 0, 2]))),
            visible_at=chance.choice([NOW, NOW - timedelta(days=9), NOW - timedelta(days=chance.randint(1, 99)), LATER]),
            taken_down_at=chance.choice([None, None, None, NOW - timedelta(hours=1)]),
        )
    keys = list(PublishedInput.objects.values_list("pk", flat=True).order_by("pk"))
    PublishedInput.objects.filter(pk__in=chance.sample(keys, 5)).delete()
    middle = keys[30]
    Findable.objects.filter(pk__gte=middle).delete()  # what the search reads is made again under the new key
    PublishedInput.objects.filter(pk__gte=middle).update(id=F("id") + WIDTH - middle)  # on both sides of where a piece ends


def ask(chance, bodies):
    """A query string, and what an address says beside it."""
    values = {**VALUES, "organisation": [body.slug for body in bodies]}
    fields = chance.sample(list(values), chance.randint(0, 4))
    query = urlencode([(field, code) for field in fields for code in chance.sample(values[field], chance.randint(1, 2))])
    said = chance.choice([(), (), ("forum",), ("objective",), ("country",), ("region",), ("forum", "round_table")])
    return query, tuple((field, chance.choice(values[field])) for field in said)


@pytest.mark.parametrize("few", [by_bits.FEW, 1])
def test_any_question_counts_as_the_rows_do(bodies, monkeypatch, few):
    monkeypatch.setattr(by_bits, "FEW", few)
    chance = random.Random(f"bits of {few}")
    scatter(chance, bodies)
    seen = Counter()
    assert bits_of_facets_are_those_of_the_rows() == []
    for _turn in range(QUESTIONS):
        query, fixed = ask(chance, bodies)
        for at in (NOW, LATER):
            question = understand(QueryDict(query), at=at, fixed=fixed)
            assert not question.filters.unknown
            counts, answering = count_by_bits(question, at), question.inputs(at)
            assert replace(counts, among=None) == count(question.scope(at), question.conditions()), (query, fixed)
            keys = sorted(answering.values_list("pk", flat=True))
            assert counts.among == (tuple(keys) if len(keys) ** 2 <= few * counts.found else None), (query, fixed)
            seen[min(len(keys), 2), counts.among is None] += 1
    assert (
        min(seen[2, True], seen[2, False], seen[0, False], seen[1, False]) > 3
    )  # some walked and some by keys, none, one: each several times
    assert bits_of_facets_are_those_of_the_rows() == []


@pytest.mark.parametrize("sort", ["newest", "title", "organisation", "country"])
def test_the_rows_of_a_page_are_the_same_known_by_their_keys_or_not(bodies, monkeypatch, sort):
    chance = random.Random(sort)
    scatter(chance, bodies)
    for _turn in range(15):
        query, fixed = ask(chance, bodies)
        pages = []
        for few in (0, 999):
            monkeypatch.setattr("submissions.search.listing.kept_count", lambda make, key, version: make())
            monkeypatch.setattr(by_bits, "FEW", few)
            listing = list_inputs(QueryDict(f"{query}&sort={sort}"), at=NOW, fixed=fixed)
            pages.append([card["reference"] for card in listing.cards])
            assert (listing.counts.among is None) == (few == 0 < listing.counts.total)
        assert pages[0] == pages[1], (query, fixed)


def test_every_facet_has_its_bits(bodies):
    """Written out once in SQL (migration 0007) and once where rows are counted."""
    assert {*FacetBits.objects.values_list("facet", flat=True)} <= {"", *ONE, *SEVERAL}
    PublishedInput.objects.update(countries=["NPL"], regions=["ECE"], round_tables=[2], basis="ecosoc")
    for field in (*ONE, *SEVERAL):
        column = {**ONE, **SEVERAL}[field]
        codes = {str(code) for value in PublishedInput.objects.values_list(column, flat=True) for code in _several(value)}
        assert {row.code for row in FacetBits.objects.filter(facet=field) if "1" in row.bits} == codes, field


def _several(value):
    return value if isinstance(value, list) else [value]


def test_what_was_written_past_the_trigger_is_found_and_filled_anew(bodies):
    one = PublishedInput.objects.filter(pk=PublishedInput.objects.earliest("pk").pk)
    reworded(one, level="global")
    assert [line.split()[0] for line in bits_of_facets_are_those_of_the_rows()] == ["level", "level"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT submissions_fill_facet_bits()")
    assert bits_of_facets_are_those_of_the_rows() == []
    listing = list_inputs(QueryDict("level=global"), at=NOW)
    assert [card["reference"] for card in listing.cards] == [one.get().reference]


def test_an_emptied_table_counts_nothing(bodies):
    PublishedInput.objects.all().delete()
    counts = count_by_bits(understand(QueryDict("level=local"), at=NOW), NOW)
    assert (counts.total, counts.found, counts.facets, counts.without, counts.among) == (0, 0, {}, {"level": 0}, ())


def test_two_who_change_several_inputs_at_once_lose_no_bit_and_do_not_wait_for_each_other(transactional_db):
    """Each files one of his inputs where the other files one, in the other order: without a turn neither would end."""
    make_many()
    keys = PublishedInput.objects.values_list("pk", flat=True).order_by("pk")[:4]
    first, second, third, fourth = (PublishedInput.objects.filter(pk=key) for key in keys)
    for row, kind in ((first, "nhri"), (second, "media"), (third, "youth"), (fourth, "parliament")):
        row.update(kind=kind)  # nothing in common with what another leaves
    begun = Event()

    def one():
        with transaction.atomic():
            first.update(kind="academia")
            begun.set()
            time.sleep(0.5)  # the other begins
            second.update(kind="trade_union")
        connection.close()

    def other():
        begun.wait(30)
        with transaction.atomic():
            third.update(kind="trade_union")
            fourth.update(kind="academia")
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        for running in [pool.submit(one), pool.submit(other)]:
            running.result(30)
    assert bits_of_facets_are_those_of_the_rows() == []
    counts = count_by_bits(understand(QueryDict(), at=NOW), NOW)
    assert counts.facets["kind"] == {"academia": 2, "trade_union": 2, "civil_society": counts.total - 4}
