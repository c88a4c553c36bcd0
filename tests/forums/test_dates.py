"""The calendar over everything: what is overdue, what comes, what was; narrowed by forum and kind."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import now

from forums.models import RegionalReview, Release
from tests.factories import make_call, make_forum

pytestmark = pytest.mark.django_db


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


@pytest.fixture
def coming(db):
    first = now().date() + timedelta(days=200)
    forum = make_forum("next", name="Next forum", first_day=first, last_day=first + timedelta(days=3))
    forum.milestones.create(kind="hearing", name="Next hearing", days_before=1, resolution="A/RES/73/326", paragraph="15")
    return forum


@pytest.fixture
def over(db):
    forum = make_forum(
        "2022", year=2022, name="First forum", first_day=date(2022, 5, 17), last_day=date(2022, 5, 20), status="held"
    )
    forum.milestones.create(kind="report", name="Old report", weeks_before=12, met_on=date(2021, 12, 27))
    return forum


def release(forum, *titles, cancelled=False):
    """Sessions as a release keeps them, an hour each from the first day on."""
    begins = now().replace(microsecond=0) + timedelta(days=200)
    kept = [
        {
            "id": number,
            "slug": f"session-{number}",
            "kind": "other",
            "title": {"en": title},
            "description": {},
            "starts_at": (begins + timedelta(hours=number)).isoformat(),
            "ends_at": (begins + timedelta(hours=number + 1)).isoformat(),
            "room": {"name": {"en": "Hall <4>"}, "access": {}},
            "link": "",
            "interpretation": [],
            "round_table": None,
            "chairs": {},
            "facilitator": {},
            "slots": [],
            "cancelled": {"at": begins.isoformat(), "because": "Rain."} if cancelled else None,
            "sequence": 0,
        }
        for number, title in enumerate(titles)
    ]
    number = forum.releases.count() + 1
    return Release.objects.create(forum=forum, number=number, sessions=kept, released_at=now())


def test_it_begins_with_what_comes_and_ends_with_what_was(client, coming, over):
    RegionalReview.objects.create(round=1, name="Old review", region="Africa", first_day=date(2020, 12, 1))
    text = page(client, "/en/calendar/")
    order = [text.index(part) for part in ("Next hearing", '<h2 id="past">', "Old report", "Old review")]
    assert order == sorted(order)


def test_what_is_overdue_stands_above_everything(client, coming):
    coming.milestones.create(kind="other", name="Forgotten note", weeks_before=40)
    text = page(client, "/en/calendar/")
    order = [text.index(part) for part in ('<h2 id="overdue">', "Forgotten note", '<h2 id="coming">')]
    assert order == sorted(order)
    assert text.count("Forgotten note") == 1


def test_sessions_are_those_of_the_latest_release_and_never_a_plan(client, coming):
    release(coming, "A first plan")
    release(coming, "Opening", "Debate")
    text = page(client, "/en/calendar/")
    assert "A first plan" not in text
    assert '<a href="/en/forums/next/programme/session-0/"><bdi>Opening</bdi></a>' in text
    assert "Hall &lt;4&gt;" in text


def test_a_cancelled_session_is_struck_through_and_says_so(client, coming):
    release(coming, "Opening", cancelled=True)
    text = page(client, "/en/calendar/")
    assert '<s><a href="/en/forums/next/programme/session-0/"><bdi>Opening</bdi></a></s>' in text
    assert '<span class="status stop">Cancelled</span>' in text


def test_it_is_narrowed_by_forum_and_by_kind(client, coming, over):
    make_call(coming, name="Inputs")
    RegionalReview.objects.create(round=1, name="Old review", region="Africa", first_day=date(2020, 12, 1))
    of_next = page(client, "/en/calendar/?forum=next")
    assert ("Next hearing" in of_next, "Old report" in of_next, "Old review" in of_next) == (True, False, False)
    calls = page(client, "/en/calendar/?kind=call&forum=2022&forum=next")
    assert ("“Inputs” closes" in calls, "Next hearing" in calls) == (True, False)
    assert '<span class="visually-hidden">Remove the filter:</span> <bdi>Calls</bdi>' in calls
    assert 'href="?forum=next&amp;kind=call"' in calls  # the same without 2022


def test_a_filter_that_does_not_exist_is_answered_with_a_sentence(client, coming):
    text = page(client, "/en/calendar/?kind=party&forum=%3Cb%3E", status=400)
    assert "“party” is not known here. Choose from the list." in text
    assert "“&lt;b&gt;” is not known here." in text
    assert "Next hearing" not in text
    assert '<meta name="robots" content="noindex">' in text


def test_a_forum_and_a_review_without_days_are_named(client, coming):
    make_forum("2030", year=2030, name="Third forum", first_day=None, last_day=None, status="announced")
    RegionalReview.objects.create(round=2, name="Unseen review", region="Asia and the Pacific")
    text = page(client, "/en/calendar/")
    assert "<bdi>Third forum</bdi></a>: the dates are set by the President of the General Assembly." in text
    assert "<li><bdi>Unseen review</bdi></li>" in text
    assert "Unseen review" not in page(client, "/en/calendar/?kind=call")


def test_a_review_belongs_to_the_areas_of_several_commissions(client, coming):
    review = RegionalReview.objects.create(round=2, name="Review", region="Africa", first_day=date(2024, 10, 9))
    review.regions.add("ECA")
    assert '<p class="why"><bdi>Africa</bdi></p>' in page(client, "/en/calendar/")


def test_it_asks_the_same_with_three_rows_and_with_thirty(client, coming, count_statements):
    def more(count):
        for number in range(count):
            make_call(coming)
            coming.milestones.create(kind="other", name=f"Duty {number}", weeks_before=number)
            RegionalReview.objects.create(round=1, name=f"R {number}", region=f"R {number} of {count}").regions.add("ECA")
        release(coming, *(f"Session {number}" for number in range(count)))

    more(3)
    client.get("/en/calendar/")
    few = count_statements(lambda: client.get("/en/calendar/"))
    more(27)
    for number in range(9):
        release(make_forum(f"f{number}", name=f"Forum {number}"), "Opening")
    assert count_statements(lambda: client.get("/en/calendar/")) == few
    assert few <= 14
