"""Other ways to the inputs: objectives, countries, regions, organisations, national reviews; nothing that is not public."""

import csv
import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.cache import caches

from forums.compact import IN_SHORT
from forums.models import Country, NationalReview, OfficialDocument, RegionalReview
from submissions import operations
from submissions.organisation_lists import letter_of
from tests.factories import NOW, make_forum, make_organisation, make_published, make_standing, make_submission
from tests.kept import kept

pytestmark = pytest.mark.django_db
WAYS = (
    "/en/objectives/",
    "/en/countries/",
    "/en/countries/KEN/",
    "/en/regions/ECA/",
    "/en/organisations/",
    "/en/national-reviews/",
)


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["pages"].clear()


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def nepal():
    return Country.objects.get(pk="NPL")


def test_each_objective_has_a_sentence_of_our_own_and_its_number_of_inputs(client, forum):
    make_published(objectives=[7, 14])
    text = page(client, "/en/objectives/")
    assert list(IN_SHORT) == list(range(1, 24))
    for number, short in IN_SHORT.items():
        line = text.split(f'href="/en/objectives/{number}/"')[1].split("</li>")[0]
        assert str(short) in line.replace("&#x27;", "'")
        assert ("1 input<" if number in (7, 14) else "0 inputs<") in line
    assert str(IN_SHORT[7]) in page(client, "/en/objectives/7/")


def test_a_country_has_its_inputs_its_reviews_and_its_organisations(client, forum):
    body = make_organisation("Himal Network", country=nepal())
    published = make_published(countries=["NPL"], organisation=body, title="About Nepal")
    make_published(countries=["KEN"], title="About Kenya")
    NationalReview.objects.create(country=nepal(), year=2024, title="Nepal reviews", forum=forum)
    text = page(client, "/en/countries/NPL/")
    for word in ("About Nepal", published.reference, "Nepal reviews", "Himal Network", "Least developed country"):
        assert word in text
    assert "About Kenya" not in text
    assert '/feeds/inputs.atom?country=NPL&amp;lang=en"' in text
    assert client.get("/en/countries/npl/").headers["Location"] == "/en/countries/NPL/"
    page(client, "/en/countries/XXX/", 404)


def test_a_country_can_be_narrowed_like_every_list(client, forum):
    make_published(countries=["KEN"], level="local")
    make_published(countries=["KEN"])
    assert client.get("/en/countries/KEN/?level=local").context["total"] == 1
    assert client.get("/en/countries/KEN/?level=galactic").status_code == 400


def test_countries_say_what_there_is_of_each(client, forum):
    make_published(countries=["KEN", "NPL"], organisation=make_organisation(country=nepal()))
    NationalReview.objects.create(country=nepal(), year=2024, title="Nepal reviews")
    answer = client.get("/en/countries/")
    assert [(row[0].pk, *row[1:]) for row in answer.context["known"]] == [("KEN", 1, 0, 0), ("NPL", 1, 1, 1)]
    assert 'href="/en/regions/ECA/"' in answer.content.decode()
    assert "standard of the United Nations" in answer.content.decode()


def test_a_region_has_its_inputs_reviews_and_countries(client, forum):
    make_published(level="regional", countries=[], regions=["ECA"], title="From the region")
    make_published(countries=["KEN"], title="From a country of it")
    review = RegionalReview.objects.create(round=2, name="African review", region="Africa", first_day=date(2024, 10, 1))
    review.regions.add("ECA")
    text = page(client, "/en/regions/ECA/")
    assert "2 published inputs name this region or are about a country of it." in text
    for word in ("From the region", "From a country of it", "African review", 'href="/en/countries/KEN/"'):
        assert word in text
    assert client.get("/en/regions/eca/").headers["Location"] == "/en/regions/ECA/"
    page(client, "/en/regions/XXX/", 404)


def test_organisations_are_those_of_which_something_is_public(client, forum):
    made = [make_organisation(name) for name in ("Élan", "Zebra", "9 Lives", "Nobody knows")]
    make_published(organisation=made[0])
    make_published(organisation=made[0])
    make_standing(made[1], forum)
    make_standing(made[2], forum)
    make_submission(organisation=made[3])
    answer = client.get("/en/organisations/")
    assert [(body.name, number) for body, number in answer.context["shown"]] == [("9 Lives", 0), ("Élan", 2), ("Zebra", 0)]
    assert [letter["label"] for letter in answer.context["letters"]["options"]] == ["#", "E", "Z"]


def test_organisations_are_narrowed_by_letter_kind_region_country_and_words(client, forum):
    for name, kind, country in (("Alpha", "nhri", nepal()), ("Beta", "youth", Country.objects.get(pk="KEN"))):
        make_published(organisation=make_organisation(name, kind=kind, country=country))
    found = {
        "letter=A": ["Alpha"],
        "kind=youth": ["Beta"],
        "region=ECA": ["Beta"],
        "country=NPL": ["Alpha"],
        "q=alph": ["Alpha"],
        "letter=A&kind=youth": [],
    }
    for query, names in found.items():
        assert [body.name for body, _number in client.get(f"/en/organisations/?{query}").context["shown"]] == names
    assert "“X” is not known here." in page(client, "/en/organisations/?letter=X", 400)


@pytest.mark.parametrize(
    ("name", "letter"),
    [("Élan", "E"), ("  ärzte", "A"), ("2050", "#"), ("الأمل", "ا"), ("希望", "希"), ("мост", "М"), ("«Q»", "#")],
)
def test_a_name_stands_under_its_first_letter_without_marks(name, letter):
    assert letter_of(name) == letter


@pytest.fixture
def reviews(db):
    kept(make_reviews)


def make_reviews():
    """A national input of a State, one about two countries; a review from elsewhere; what is no national review."""
    state = make_organisation("Mission of Kenya", kind="member_state")
    make_published(organisation=state, title="Kenya reports", countries=["KEN"])
    make_published(organisation=state, title="=Two report", countries=["KEN", "NPL"], language="fr")
    make_published(title="A club reports", countries=["KEN"])
    make_published(organisation=state, title="A State speaks globally", level="global", countries=[])
    make_submission(status="accepted", organisation=state, title="zqaccepted", countries=["KEN"])
    hidden = make_submission(status="accepted", organisation=state, title="zqembargo", countries=["KEN"])
    operations.publish(hidden, by=hidden.reviewer, at=NOW, visible_at=datetime(2090, 1, 1, tzinfo=UTC))
    down = make_published(organisation=state, title="zqdown", countries=["KEN"]).submission
    operations.take_down(down, by=down.reviewer, at=NOW, reason="Names a person.")
    NationalReview.objects.create(country=nepal(), year=2024, title="Nepal reviews", url="https://example.org/np")


def titles(client, query=""):
    years = client.get(f"/en/national-reviews/{query}").context["years"]
    return [one["entry"].title for _year, among in years for one in among]


def test_the_database_of_national_reviews_has_both_what_was_sent_and_what_was_recorded(client, reviews):
    assert titles(client) == ["Kenya reports", "=Two report", "Nepal reviews"]
    assert "zq" not in page(client, "/en/national-reviews/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?country=NPL", ["=Two report", "Nepal reviews"]),
        ("?region=ECA", ["Kenya reports", "=Two report"]),
        ("?forum=2026", ["Kenya reports", "=Two report"]),
        ("?year=2024", ["Nepal reviews"]),
        ("?origin=elsewhere", ["Nepal reviews"]),
        ("?origin=input&country=NPL", ["=Two report"]),
        ("?country=KEN&year=2024", []),
    ],
)
def test_national_reviews_are_narrowed_by_country_region_forum_and_year(client, reviews, query, found):
    assert titles(client, query) == found


def test_national_reviews_leave_as_a_file_a_line_a_country(client, reviews):
    answer = client.get("/en/national-reviews.csv?country=NPL")
    assert "imrf-national-reviews-" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["title"], row["country"], row["country_name"], row["year"]) for row in rows] == [
        ("'=Two report", "KEN", "Kenya", "2026"),
        ("'=Two report", "NPL", "Nepal", "2026"),
        ("Nepal reviews", "NPL", "Nepal", "2024"),
    ]
    assert {row["licence"] for row in rows} == {"CC0-1.0"}
    assert client.get("/en/national-reviews.csv?country=XXX").status_code == 400


def test_a_round_table_shows_its_note(client, forum):
    assert "The background note is not known to this portal." in page(client, "/en/forums/2026/round-tables/2/")
    table = forum.round_tables.get(number=2)
    duty = forum.milestones.create(kind="note", name="Note", weeks_before=6, round_table=table)
    OfficialDocument.objects.create(forum=forum, kind="background_note", title="On fair hiring", meets=duty)
    assert "On fair hiring" in page(client, "/en/forums/2026/round-tables/2/")
    assert "On fair hiring" not in page(client, "/en/forums/2026/round-tables/1/")


def test_the_ways_ask_the_same_with_few_and_with_many(client, count_statements, forum):
    def again(address):
        caches["pages"].clear()
        client.get(address)

    def asked():
        return {address: count_statements(lambda address=address: again(address)) for address in WAYS}

    def more(number):
        for place in range(number):
            body = make_organisation(kind="member_state")
            make_published(organisation=body, countries=["KEN"], regions=["ECA"])
            NationalReview.objects.create(country_id="KEN", year=2020 + place % 3, title=f"Review {body}", forum=forum)

    more(1)
    asked()
    few = asked()
    more(6)
    assert asked() == few
    assert max(few.values()) <= 12


@pytest.mark.parametrize("address", WAYS)
def test_the_ways_set_no_cookie_name_their_languages_and_are_kept(client, forum, address):
    make_published()
    first = client.get(address)
    assert (list(first.cookies), first.headers["Cache-Control"]) == ([], "public, max-age=60, s-maxage=1")
    assert 'hreflang="x-default"' in first.content.decode()
    assert client.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 304


def test_every_way_is_found_from_every_page_and_from_the_front_page(client, forum):
    for address in ("/en/", "/en/about/"):
        text = page(client, address)
        for way in ("objectives", "countries", "organisations", "figures", "regional-reviews", "national-reviews", "inputs"):
            assert f'href="/en/{way}/"' in text, way


def test_unpublished_inputs_are_on_no_way(client, forum):
    body = make_organisation("zqbody", country=nepal(), kind="member_state")
    for status in ("submitted", "under_review", "accepted", "not_admissible"):
        make_submission(status=status, organisation=body, title="zqtitle", countries=["NPL"], objectives=[7])
    for address in (*WAYS, "/en/countries/NPL/", "/en/objectives/7/"):
        assert "zq" not in page(client, address), address
    assert client.get("/en/countries/").context["known"] == []


def test_the_front_page_says_to_machines_what_the_site_is_and_how_it_is_searched(client, forum):
    said = client.get("/en/").content.decode().split('<script type="application/ld+json">')[1].split("</script>")[0]
    site = json.loads(said)
    assert (site["@type"], site["url"]) == ("WebSite", "http://testserver/en/")
    assert site["potentialAction"]["target"] == "http://testserver/en/inputs/?q={search_term_string}"


def test_figures_are_described_as_a_data_set_whose_files_are_there(client, forum):
    make_published()
    said = client.get("/en/forums/2026/figures/").content.decode()
    data = json.loads(said.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert data["@type"] == "Dataset"
    for file in data["distribution"]:
        assert client.get(file["contentUrl"].removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("word", ["%F0%9F%A6%8A" * 300, "'%20OR%201=1--", "%3Cscript%3E", "%EF%BF%BF", "-1", "9" * 400])
def test_hostile_values_of_every_filter_are_refused_in_a_sentence_and_echoed_harmlessly(client, forum, word):
    make_published()
    for path, names in (
        ("/en/organisations/", ("letter", "kind", "region", "country", "q", "page")),
        ("/en/national-reviews/", ("country", "region", "forum", "year", "origin", "page")),
        ("/en/national-reviews.csv", ("country", "year")),
        ("/en/figures/coverage/", ("across",)),
        ("/en/countries/KEN/", ("q", "region", "page")),
        ("/en/inputs/", ("q",)),
    ):
        for name in names:
            answer = client.get(f"{path}?{name}={word}")
            assert answer.status_code in (200, 400), (path, name)
            assert "text/html" not in answer.headers["Content-Type"] or b"<script>" not in answer.content


@pytest.mark.parametrize("path", ["/en/inputs/", "/feeds/inputs.atom", "/api/v1/inputs/", "/en/embed/inputs/"])
@pytest.mark.parametrize("order", ["", "&sort=relevance", "&sort=newest", "&sort=title"])
def test_a_question_of_signs_alone_finds_nothing_in_every_order(client, forum, path, order):
    published = make_published()
    answer = client.get(f"{path}?q=-1{order}")
    assert answer.status_code in (200, 400)  # not every one of them takes an order
    assert published.reference not in answer.content.decode()


def described_on(client, address):
    return json.loads(
        client.get(address).content.decode().split('<script type="application/ld+json">')[1].split("</script>")[0]
    )


def test_a_forum_is_an_event_once_it_has_days(client, forum):
    make_forum("2030", year=2030, first_day=None, last_day=None, status="announced")
    said = described_on(client, "/en/forums/2026/")
    assert (said["@type"], said["startDate"], said["endDate"]) == ("Event", "2026-05-05", "2026-05-08")
    assert said["location"]["address"] == "New York"
    assert "ld+json" not in client.get("/en/forums/2030/").content.decode()


@pytest.mark.parametrize("address", [*WAYS, "/en/inputs/", "/en/objectives/7/", "/en/forums/2026/round-tables/1/"])
def test_every_list_says_to_machines_what_it_is(client, forum, address):
    said = described_on(client, address)
    assert (said["@type"], said["url"]) == ("CollectionPage", f"http://testserver{address}")
    assert said["name"].strip()
