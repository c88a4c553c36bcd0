from datetime import timedelta

import pytest
from django.utils.timezone import now

from forums.models import Call, Milestone
from submissions.figures import figures
from tests.factories import NOW, make_call, make_forum, make_organisation, make_published

pytestmark = pytest.mark.django_db


def home(client):
    return " ".join(client.get("/en/").content.decode().split())


def a_call(forum, slug, opens, closes, **fields):
    moment = now()
    fields = {"name": f"Call {slug}", **fields}
    return Call.objects.create(
        forum=forum, slug=slug, opens_at=moment + timedelta(days=opens), closes_at=moment + timedelta(days=closes), **fields
    )


def test_the_card_shows_what_closes_next_with_the_way_in(client, forum):
    a_call(forum, "soon", -5, 2)
    a_call(forum, "late", -5, 20)
    a_call(forum, "not-yet", 1, 2)
    card = home(client).split('id="next"')[1].split("</section>")[0]
    assert "Call soon" in card
    assert 'href="/en/my/inputs/new/2026/soon/"' in card


def test_where_none_is_open_the_card_shows_what_opens_next(client, forum):
    a_call(forum, "over", -9, -2)
    a_call(forum, "later", 4, 9)
    card = home(client).split('id="next"')[1].split("</section>")[0]
    assert "Call later" in card
    assert "/my/inputs/new/" not in card


def test_where_nothing_is_open_or_announced_it_says_so(client, forum):
    text = home(client)
    assert "No call is open and none is announced." in text
    assert "No call is open now." in text


def test_open_calls_say_who_may_answer_and_how_long(client, forum):
    a_call(forum, "a", -5, 2, audience="accredited", most_words=1200, most_objectives=3, most_files=1)
    assert "Accredited organisations only · up to 1,200 words · at most 3 objectives · at most 1 file" in home(client)


def test_the_card_tells_what_the_forum_has_ahead_of_it(client):
    day = now().date() + timedelta(days=100)
    coming = make_forum("next", name="Next forum", first_day=day, last_day=day)
    Milestone.objects.create(forum=coming, kind="report", name="Report of the Secretary-General", weeks_before=12)
    Milestone.objects.create(forum=coming, kind="other", name="Met already", days_before=50, met_on=now().date())
    Milestone.objects.create(forum=coming, kind="other", name="Long ago", days_before=103)
    card = home(client).split('id="next"')[1].split("</section>")[0]
    assert "Report of the Secretary-General" in card
    assert "at least 12 weeks before the first day of the forum" in card
    assert "The forum meets" in card
    assert "Met already" not in card
    assert "Long ago" not in card


def test_the_newest_inputs_stand_first(client, forum):
    older, newer = make_published(title="Older words"), make_published(title="Newer words", at=NOW + timedelta(days=1))
    text = home(client)
    assert text.index(newer.title) < text.index(older.title)


def test_the_figures_count_what_is_visible(client, forum):
    organisation = make_organisation()
    make_published(organisation=organisation, countries=["KEN"], objectives=[1, 2])
    make_published(organisation=organisation, countries=["KEN", "NPL"], objectives=[2, 3])
    make_published(countries=["NPL"], objectives=[3])
    make_published(level="global", countries=[], objectives=[3])
    counted = figures(NOW + timedelta(days=1))
    assert (counted.inputs, counted.organisations, counted.countries, counted.objectives) == (4, 3, 2, 3)
    assert (counted.on_ldcs, counted.ldc_share) == (2, 50)
    assert "<dd>50%</dd>" in home(client)
    assert "<dd>3 of 23</dd>" in home(client)


def test_an_empty_site_has_a_front_page(client, db):
    assert "Nothing is published here yet" in home(client)


def test_pages_are_made_without_redis(client, forum, settings):
    make_published()
    settings.CACHES = {
        **settings.CACHES,
        "pages": {**settings.CACHES["pages"], "LOCATION": "redis://127.0.0.1:1/0"},
    }
    from django.core.cache import caches

    caches._connections.__dict__.pop("pages", None)
    assert client.get("/en/").status_code == 200
    assert client.get("/en/inputs/").context["total"] == 1
    assert client.get("/api/v1/inputs/").status_code == 200


def test_robots_are_kept_from_private_pages(client, db):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /accounts/" in text
    assert "Disallow: /admin/" in text


def test_the_forum_that_comes_next_is_the_current_one(client, forum):
    day = now().date() + timedelta(days=90)
    make_call(make_forum("next", name="Next forum", first_day=day, last_day=day), name="Call of the next")
    assert "Call of the next" in home(client)
