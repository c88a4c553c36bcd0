"""What searches read of an input: kept with its public row, counted and put in order as the rows themselves would be."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, connections, transaction
from django.http import QueryDict
from django.utils.http import urlencode

from submissions.models import FiledSign, Findable, PublishedInput
from submissions.search import finding, listing
from submissions.search.asking import understand
from submissions.search.counting import ONE, SEVERAL, count
from submissions.search.listing import list_inputs
from submissions.search.querying import answering, read, read_words
from tests.factories import NOW, make_published

pytestmark = pytest.mark.django_db
FILTERS = [
    "",
    "level=national",
    "level=national&level=local&objective=7",
    "objective=1&objective=2&basis=none",
    "language=fr&basis=none&kind=member_state",
    "country=NPL&year=2026",
    "forum=2026&level=local&objective=3",
]


def kept_of(published):
    """Where the row lies that searches read, and what it says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text FROM submissions_findable WHERE published_id = %s", [published.pk])
        return cursor.fetchone(), Findable.objects.filter(pk=published.pk).values().get()


@pytest.fixture
def several(forum):
    """Inputs that differ in what they are filed under; each says the word."""
    for number in range(12):
        make_published(
            title=f"Crossing {number:02}",
            text="Nine missions answer in four languages." + " Missions." * (number % 5),
            level=("local", "national")[number % 2],
            language=("en", "fr", "es")[number % 3],
            objectives=[1 + number % 3, 7][: 1 + number % 2],
            at=NOW - timedelta(hours=number),
        )


# Kept with the public row


def test_what_is_taken_down_is_gone_in_the_same_transaction(forum, dalia):
    published = make_published(text="Nine missions.")
    assert Findable.objects.filter(pk=published.pk).exists()
    PublishedInput.objects.filter(pk=published.pk).update(taken_down_at=NOW, vector=None, taken_down_because="Asked")
    assert not Findable.objects.filter(pk=published.pk).exists()
    PublishedInput.objects.filter(pk=published.pk).delete()


@pytest.mark.parametrize(
    ("change", "is_kept_anew"),
    [
        ({"vector": "another"}, True),
        ({"visible_at": NOW + timedelta(1)}, True),
        ({"level": "global"}, True),
        ({"objectives": [1, 2, 3]}, True),
        ({"title": "Another title", "excerpt": "Other words", "changed_at": NOW}, False),
    ],
)
def test_it_follows_what_searches_read_and_nothing_else(forum, change, is_kept_anew):
    published = make_published(text="Nine missions.")
    place, before = kept_of(published)
    PublishedInput.objects.filter(pk=published.pk).update(**change)
    now_at, after = kept_of(published)
    assert (now_at != place) is is_kept_anew
    assert (after != before) is is_kept_anew
    assert after["vector"] == PublishedInput.objects.values_list("vector", flat=True).get(pk=published.pk)


def test_where_it_is_missing_any_change_of_the_row_makes_it(forum):
    published = make_published(text="Nine missions.")
    Findable.objects.all().delete()
    PublishedInput.objects.filter(pk=published.pk).update(changed_at=NOW)
    assert Findable.objects.filter(pk=published.pk).exists()


def test_all_are_made_anew_as_the_trigger_made_them(several):
    before = list(Findable.objects.order_by("pk").values())
    Findable.objects.update(filed="", vector="nothing")
    with connection.cursor() as cursor:
        cursor.execute("SELECT submissions_make_all_findable()")
    assert list(Findable.objects.order_by("pk").values()) == before


def test_every_facet_has_signs_and_no_two_values_share_one(several):
    values = list(FiledSign.objects.values_list("value", flat=True))
    assert len(set(FiledSign.objects.values_list("sign", flat=True))) == len(values)
    fields = {value.split(":")[0] for value in values}
    assert fields <= {*ONE, *SEVERAL}
    assert {*ONE, "objective"} <= fields


@pytest.mark.django_db(transaction=True)
def test_two_that_give_the_same_new_value_a_sign_at_once_give_it_one():
    def give():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT submissions_give_signs(ARRAY['country:NPL', 'country:KEN'])")
            cursor.execute("SELECT pg_sleep(0.2)")
        connections.close_all()

    at_once = [Thread(target=give) for _ in range(3)]
    for each in at_once:
        each.start()
    for each in at_once:
        each.join()
    assert sorted(FiledSign.objects.values_list("value", flat=True)) == ["country:KEN", "country:NPL"]


# Counted and put in order


@pytest.mark.parametrize("filters", FILTERS)
def test_counts_are_those_of_the_rows_themselves(several, filters):
    question = understand(QueryDict(f"q=missions&{filters}"), at=NOW)
    asked = read(read_words("missions"))
    counts = list_inputs(QueryDict(f"q=missions&{filters}"), at=NOW).counts
    assert counts == count(answering(question.scope(NOW), asked), question.conditions())
    assert counts.found == 12


def pages(sort="", filters=""):
    found, page = [], 1
    while (one := list_inputs(QueryDict(urlencode({"q": "missions", "sort": sort, "page": page}) + filters), at=NOW)).cards:
        found.append([card["title"][-2:] for card in one.cards])
        page += 1
    return found


def test_of_more_than_are_ranked_the_newest_come_first_by_rank_and_the_rest_as_they_appeared(several, monkeypatch):
    for module in (finding, listing):
        monkeypatch.setattr(module, "ON_A_PAGE", 3)
    monkeypatch.setattr(finding, "MOST_RANKED", 6)
    assert pages() == [["04", "03", "02"], ["01", "00", "05"], ["06", "07", "08"], ["09", "10", "11"]]
    assert pages(sort="newest") == [["00", "01", "02"], ["03", "04", "05"], ["06", "07", "08"], ["09", "10", "11"]]
    assert pages(sort="title") == pages(sort="newest")
    assert pages(filters="&level=local") == [["04", "08", "02"], ["06", "00", "10"]]


def test_what_is_taken_down_between_finding_and_showing_is_not_shown(several, monkeypatch):
    find = listing.find

    def found_then_taken_down(*asked):
        counts, keys = find(*asked)
        PublishedInput.objects.filter(pk=keys[0]).update(taken_down_at=NOW, taken_down_because="Asked")
        return counts, keys

    before = list_inputs(QueryDict("q=missions"), at=NOW).cards
    monkeypatch.setattr(listing, "find", found_then_taken_down)
    assert [card["reference"] for card in list_inputs(QueryDict("q=missions"), at=NOW).cards] == [
        card["reference"] for card in before[1:]
    ]
