"""Feeds of organisations, national reviews and accredited bodies: exactly what the page has, narrowed in the same way."""

from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from django.conf import settings
from django.utils.timezone import now
from lxml import html

from accreditation.models import ForumTerms, Organisation
from forums.models import Country, NationalReview
from submissions import operations
from submissions.models import PublishedInput, Submission
from tests.factories import NOW, make_organisation, make_published, make_standing, make_submission

pytestmark = pytest.mark.django_db
ORGANISATIONS, REVIEWS = "/feeds/organisations.atom", "/feeds/national-reviews.atom"
ACCREDITED = "/feeds/forums/2026/accredited.atom"
PAGES = {
    ORGANISATIONS: "/en/organisations/",
    REVIEWS: "/en/national-reviews/",
    ACCREDITED: "/en/forums/2026/accredited/",
}


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    return feed


def titles(client, address):
    return [entry.title for entry in read(client, address).entries]


@pytest.fixture
def public(forum):
    """Two organisations with something public, the second later, and a hidden one; a review sent, one from elsewhere."""
    nepal, kenya = Country.objects.get(pk="NPL"), Country.objects.get(pk="KEN")
    guild = make_organisation("Amber Guild & Co", kind="academia", country=nepal)
    make_standing(guild, forum)
    state = make_organisation("Mission of Kenya", kind="member_state", country=kenya)
    make_published(organisation=state, title="Kenya <reports>", countries=["KEN"], level="national")
    PublishedInput.objects.update(visible_at=NOW + timedelta(days=3))
    make_submission(organisation=make_organisation("Nobody knows"))
    review = {"title": "Nepal reviews", "url": "https://example.org/np"}
    NationalReview.objects.create(country=nepal, year=2024, presented_on=datetime(2024, 3, 1, tzinfo=UTC), **review)


def test_organisations_that_became_public_last_stand_first(client, public):
    feed = read(client, ORGANISATIONS)
    assert [(entry.title, entry.published) for entry in feed.entries] == [
        ("Mission of Kenya", "2026-01-23T12:00:00+00:00"),
        ("Amber Guild & Co", "2026-01-20T00:00:00+00:00"),
    ]
    slug = Organisation.objects.get(name="Mission of Kenya").slug
    assert feed.entries[0].link == f"http://testserver/en/organisations/{slug}/"
    assert feed.entries[0].summary == "Member State or observer State · Kenya"
    assert feed.entries[0].id.startswith("tag:testserver,2026:organisation/")


def test_national_reviews_are_those_of_the_page_also_from_elsewhere(client, public):
    feed = read(client, REVIEWS)
    assert [(entry.title, entry.link) for entry in feed.entries] == [
        ("Kenya <reports>", "http://testserver/en/inputs/IMRF-2026-I-00001/"),
        ("Nepal reviews", "https://example.org/np"),
    ]
    assert feed.entries[1].published == "2024-03-01T00:00:00+00:00"
    assert feed.entries[0].id == "tag:testserver,2026:input/IMRF-2026-I-00001"


def test_accredited_bodies_say_on_which_basis_and_who_decided(client, public):
    (entry,) = read(client, ACCREDITED).entries
    assert entry.title == "Amber Guild & Co"
    assert "DESA" in entry.summary


@pytest.mark.parametrize(
    ("address", "found"),
    [
        (f"{ORGANISATIONS}?kind=academia", ["Amber Guild & Co"]),
        (f"{ORGANISATIONS}?letter=M&country=KEN", ["Mission of Kenya"]),
        (f"{ORGANISATIONS}?letter=Z", []),
        (f"{ORGANISATIONS}?q=amber", ["Amber Guild & Co"]),
        (f"{REVIEWS}?origin=elsewhere", ["Nepal reviews"]),
        (f"{REVIEWS}?country=KEN", ["Kenya <reports>"]),
        (f"{REVIEWS}?year=2024&country=KEN", []),
        (f"{ACCREDITED}?kind=academia", ["Amber Guild & Co"]),
        (f"{ACCREDITED}?kind=youth", []),
    ],
)
def test_each_follows_the_filters_of_its_page(client, public, address, found):
    assert titles(client, address) == found


def test_each_page_names_the_feed_of_exactly_itself(client, public):
    for feed, page in PAGES.items():
        shown = html.fromstring(client.get(f"{page}?country=KEN&utm=1").content)
        (head,) = shown.xpath('//link[@type="application/atom+xml"][contains(@href, "country")]/@href')
        assert head == f"{feed}?country=KEN&lang=en"
        assert head in shown.xpath("//p//a/@href")
        assert read(client, head).feed.links


def test_what_a_feed_does_not_know_is_refused_and_it_speaks_six_languages(client, public):
    for feed in PAGES:
        for query in ("lang=xx", "kind=king&year=1", "colour=red", "page=2"):
            assert client.get(f"{feed}?{query}").status_code == 400, (feed, query)
        said = {read(client, f"{feed}?lang={code}").feed.title for code, _name in settings.LANGUAGES}
        assert len(said) == 6
        response = client.get(feed)
        assert not response.cookies
        assert "public" in response.headers["Cache-Control"]
        assert response.content == client.get(feed).content


def test_what_is_taken_down_or_kept_is_in_none(client, public, forum):
    submission = Submission.objects.get(published__title="Kenya <reports>")
    operations.take_down(submission, by=submission.reviewer, at=now(), reason="Names a person.")
    assert titles(client, ORGANISATIONS) == ["Amber Guild & Co"]
    assert titles(client, REVIEWS) == ["Nepal reviews"]
    ForumTerms.objects.update_or_create(forum=forum, defaults={"accredited_public": False})
    assert client.get(ACCREDITED).status_code == 404


def test_they_ask_the_same_of_few_and_of_many(client, public, forum, count_statements):
    def asked():
        return [count_statements(lambda feed=feed: client.get(feed)) for feed in PAGES]

    asked()
    few = asked()
    for number in range(6):
        body = make_organisation(f"Body {number}", kind="member_state")
        make_published(organisation=body, countries=["KEN"], level="national")
        make_standing(body, forum)
        NationalReview.objects.create(country_id="KEN", year=2020 + number, title="Review")
    assert asked() == few


def test_the_api_of_organisations_takes_the_filters_of_the_page(client, public, count_statements):
    def names(query):
        return [each["name"] for each in client.get(f"/api/v1/organisations/?{query}").json()["results"]]

    assert names("kind=academia&kind=nhri") == names("letter=A") == names("q=guild") == ["Amber Guild & Co"]
    assert names("region=ECA") == names("country=KEN&page_size=1&fields=name") == ["Mission of Kenya"]
    assert names("letter=Z") == names("country=KEN&letter=A") == []
    for query in ("kind=king", "country=XXX", "region=x", "letter=ab"):
        response = client.get(f"/api/v1/organisations/?{query}")
        assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")
        assert response.json()["parameter"] == query.partition("=")[0]
    few = count_statements(lambda: client.get("/api/v1/organisations/?letter=A"))
    for number in range(5):
        make_published(organisation=make_organisation(f"Another {number}"))
    assert count_statements(lambda: client.get("/api/v1/organisations/?letter=A")) == few
