"""Inputs are found by the year in which they were received, as the clocks of their forum had it."""

from datetime import UTC, datetime

import pytest
from django.core.cache import caches
from django.http import QueryDict
from django.utils.timezone import now

from submissions.models import PublishedInput
from submissions.search.listing import list_inputs
from submissions.search.vocabulary import vocabulary
from tests.factories import make_published

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 1, 1, 3, tzinfo=UTC)  # still New Year's Eve in New York


@pytest.fixture
def received(forum):
    """Three inputs by the moment in which each was received."""
    moments = [datetime(2025, 6, 1, tzinfo=UTC), LATE, datetime(2026, 1, 1, 6, tzinfo=UTC)]
    made = [make_published(title=f"Input {number}") for number in range(len(moments))]
    for one, moment in zip(made, moments, strict=True):
        PublishedInput.objects.filter(pk=one.pk).update(received_at=moment)
    return made


def asked(query=""):
    return list_inputs(QueryDict(query), at=now())


def references(listing):
    return {card["reference"] for card in listing.cards}


def test_a_year_ends_at_midnight_where_the_forum_meets(received):
    before, eve, after = (one.reference for one in received)
    assert references(asked("year=2025")) == {before, eve}
    assert references(asked("year=2026")) == {after}
    assert references(asked("year=2025&year=2026")) == {before, eve, after}
    assert asked("year=2024").counts.total == 0


def test_the_choice_shows_how_many_the_latest_year_first(received):
    facet = next(one for one in asked("year=2025").context()["facets"] if str(one["label"]) == "Year received")
    assert [(one["label"], one["count"], one["current"]) for one in facet["options"]] == [
        ("2026", 1, False),
        ("2025", 2, True),
    ]


@pytest.mark.parametrize("year", ["2015", "9999", "twenty", "-1", "2025.0"])
def test_a_year_in_which_nothing_can_have_come_is_said_to_be_none(received, year):
    listing = asked(f"year={year}")
    assert listing.status == 400
    assert year in str(listing.troubles[0])


def test_words_and_year_together(received):
    assert references(asked("q=Input&year=2026")) == {received[2].reference}


def test_a_program_asks_by_the_same_year(received, client):
    found = client.get("/api/v1/inputs/?year=2026").json()["results"]
    assert [one["reference"] for one in found] == [received[2].reference]
    assert client.get("/api/v1/inputs/?year=2015").status_code == 400


def test_another_zone_of_the_forum_moves_the_night_to_another_year(received, forum):
    forum.time_zone = "Asia/Tokyo"
    forum.save()
    caches["pages"].clear()  # counts are kept for a minute where nothing changed that is read
    assert references(asked("year=2026")) == {received[1].reference, received[2].reference}


def test_on_the_last_day_the_next_year_can_be_asked_for_already(forum):
    years = vocabulary([forum], at=datetime(2029, 12, 31, 12, tzinfo=UTC)).words["year"]
    assert (next(iter(years)), list(years)[-1]) == ("2030", "2016")
