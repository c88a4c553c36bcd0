from datetime import date, timedelta

import pytest
from django.utils.timezone import now

from forums.models import Call, Extension, OfficialDocument, RegionalReview
from tests.factories import make_call, make_forum

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(db):
    """2022 as it was: announced, moved, held; its report early."""
    forum = make_forum(
        "2022",
        year=2022,
        name="First forum",
        first_day=date(2022, 5, 17),
        last_day=date(2022, 5, 20),
        status="held",
        chair="Abdulla Shahid",
    )
    forum.former_dates.create(first_day=date(2022, 5, 10), last_day=date(2022, 5, 13))
    report = forum.milestones.create(
        kind="report", name="Report", weeks_before=12, basis="A/RES/73/326, para. 14", met_on=date(2021, 12, 27)
    )
    OfficialDocument.objects.create(forum=forum, kind="sg_report", symbol="A/76/642", title="Second report", meets=report)
    forum.milestones.create(kind="hearing", name="Hearing", days_before=1, basis="para. 15")
    return forum


def page(client, address, **headers):
    response = client.get(address, **headers)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_forum_says_what_was_due_and_by_how_many_days_it_was_met(client, held):
    text = page(client, "/en/forums/2022/")
    for part in (
        "Tuesday 22 February 2022",
        "at least 12 weeks before the first day of the forum",
        '<span class="status done">Met 57 days early</span>',
        "141 days before the first day",
        '<a href="https://undocs.org/A/76/642" rel="external noopener"><bdi>A/76/642</bdi></a>',
        "Abdulla Shahid",
        "First announced for",
        "Tuesday 10 May 2022",
        "Friday 20 May 2022",
    ):
        assert part in text, part
    assert "Overdue" not in text


def test_a_forum_without_dates_says_who_sets_them(client):
    make_forum("2030", year=2030, name="Third forum", first_day=None, last_day=None, status="announced")
    assert "the dates are set by the President of the General Assembly" in page(client, "/en/forums/2030/")


def test_a_demonstration_says_that_it_is_one(client):
    make_forum("demo", name="Demonstration", demonstration=True)
    assert "This forum is a demonstration" in page(client, "/en/forums/demo/")


def test_calls_stand_under_their_phase_with_the_way_in(client, forum):
    moment = now()
    for slug, opens, closes in (("open", -9, 9), ("later", 3, 9), ("over", -9, -3)):
        opens_at, closes_at = moment + timedelta(days=opens), moment + timedelta(days=closes)
        Call.objects.create(forum=forum, slug=slug, name=f"Call {slug}", opens_at=opens_at, closes_at=closes_at)
    text = page(client, "/en/forums/2026/")
    order = [text.index(f'id="call-{slug}"') for slug in ("open", "later", "over")]
    assert order == sorted(order)
    assert 'href="/en/my/inputs/new/2026/open/"' in text
    assert "/my/inputs/new/2026/later/" not in text
    assert "/my/inputs/new/2026/over/" not in text


def test_a_moved_closing_is_shown_with_reason_and_authority(client, forum):
    call = make_call(forum)
    was = call.closes_at - timedelta(days=7)
    Extension.objects.create(
        call=call, was=was, became=call.closes_at, reason="Late <guidance>.", authority="Secretariat", at=was
    )
    assert "Late &lt;guidance&gt;. (<bdi>Secretariat</bdi>)" in page(client, "/en/forums/2026/")


def test_every_moment_names_city_and_offset(client, forum):
    make_call(forum, name="Inputs")
    text = page(client, "/en/forums/2026/")
    assert (
        '<time datetime="2089-12-31T19:00:00-05:00" data-own><bdi>Saturday 31 December 2089, 19:00 New York (UTC−5)' in text
    )


def test_round_tables_lead_to_their_own_pages(client, forum):
    text = page(client, "/en/forums/2026/")
    assert '<a href="/en/forums/2026/round-tables/1/">Table 1</a>' in text
    assert "1, 5, 9, 13, 17, 21" in text


def test_the_calendar_begins_with_what_comes_and_ends_with_what_was(client, held):
    today = now().date()
    first = today + timedelta(days=200)
    coming = make_forum("next", name="Next forum", first_day=first, last_day=first)
    coming.milestones.create(kind="hearing", name="Next hearing", days_before=1, basis="para. 15")
    RegionalReview.objects.create(round=1, name="Old review", region="Africa", first_day=date(2020, 12, 1))
    text = page(client, "/en/calendar/")
    order = [text.index(part) for part in ("Next hearing", '<h2 id="past">', "Hearing", "Old review") if part != "Hearing"]
    assert order == sorted(order)
    assert text.index("Old review") > text.index("Report")


@pytest.mark.parametrize(("address", "most"), [("/en/forums/", 4), ("/en/forums/2022/", 12), ("/en/calendar/", 10)])
def test_the_pages_ask_the_same_with_few_and_with_many_rows(client, held, count_statements, address, most):
    client.get(address)
    make_call(held)
    few = count_statements(lambda: client.get(address))
    for number in range(9):
        make_call(held)
        held.milestones.create(kind="other", name=f"Duty {number}", weeks_before=number, basis="para. 1")
        make_forum(f"f{number}", name=f"Forum {number}")
    many = count_statements(lambda: client.get(address))
    assert few == many
    assert many <= most


def test_a_forum_that_does_not_exist_is_not_found(client, held):
    assert client.get("/en/forums/1999/").status_code == 404


def test_all_forums_stand_in_a_list_the_latest_first(client, held, forum):
    text = page(client, "/en/forums/")
    assert text.index("Second International Migration Review Forum") < text.index("First forum")
    assert "Tuesday 17 May 2022" in text
