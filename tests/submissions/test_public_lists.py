import re

import pytest
from django.urls import reverse

from tests.factories import make_call, make_forum, make_organisation, make_published
from tests.kept import kept

pytestmark = pytest.mark.django_db
LIST = "/en/inputs/"


def publish_many(count):
    organisation, call = make_organisation("Harbour Light"), make_call()
    return [
        make_published(organisation=organisation, call=call, title=f"Input {number:02}", text=f"Word and word{number}")
        for number in range(count)
    ]


def publish_one():
    return publish_many(1)[0]


def references(response):
    return re.findall(r'<bdi class="reference">([^<]+)</bdi></p>', response.content.decode())


def test_a_list_shows_what_its_rows_hold(client, forum):
    published = make_published(title="الحماية <القنصلية>", language="ar", organisation=make_organisation("Ünïon & Söhne"))
    page = client.get(LIST).content.decode()
    assert '<h2 lang="ar" dir="rtl"><a href="/en/inputs/IMRF-2026-I-00001/">الحماية &lt;القنصلية&gt;</a></h2>' in page
    assert '<bdi lang="en">Ünïon &amp; Söhne</bdi>' in page
    assert "1 input" in page
    assert references(client.get(LIST)) == [published.reference]


MOST = {  # statements of a list, however many rows it has
    "/en/inputs/": 8,
    "/en/inputs/?q=word": 8,
    "/en/inputs/?q=word&sort=newest&level=national&objective=14": 8,
    "/en/inputs/?organisation={organisation}": 8,
    "/en/forums/2026/inputs/": 8,
    "/en/objectives/14/": 8,
    "/en/forums/2026/round-tables/2/": 9,
    "/en/": 9,
    "/feeds/inputs.atom": 8,
    "/api/v1/inputs/": 6,
    "/api/v1/inputs/?q=word&level=national": 6,
    "/api/v1/organisations/": 6,
    "/en/organisations/{organisation}/": 8,
}


def test_lists_ask_the_same_with_1_and_with_30_rows(client, count_statements):
    """All in one test: publishing thirty inputs costs more than all the lists."""
    first = publish_one()

    def asked():
        addresses = [address.format(organisation=first.organisation_slug) for address in MOST]
        return [count_statements(lambda address=address: client.get(address)) for address in addresses]

    asked()  # whatever a process learns once
    make_published(title="Crossing", organisation=first.organisation, text="word")
    few = asked()
    for number in range(28):
        make_published(title=f"Crossing {number}", organisation=first.organisation, text="word", call=first.submission.call)
    many = asked()
    assert few == many
    assert [address for (address, most), number in zip(MOST.items(), many, strict=True) if number > most] == []


def test_a_list_has_25_on_a_page_and_links_to_the_others(client):
    inputs = publish_many(27)
    first, second = client.get(LIST), client.get(LIST + "?page=2")
    assert references(first) + references(second) == [each.reference for each in reversed(inputs)]
    assert len(references(first)) == 25
    assert '<a rel="next" href="?page=2">' in first.content.decode()
    assert '<link rel="canonical" href="http://testserver/en/inputs/?page=2">' in second.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "3", "99999999999999999999", "²", "1 OR 1=1"])
def test_a_page_that_does_not_exist_is_said_in_the_same_layout(client, page):
    kept(publish_one)
    response = client.get(LIST, {"page": page})
    assert response.status_code == 400
    assert "submissions/public/inputs.html" in [template.name for template in response.templates]
    assert references(response) == []


@pytest.mark.parametrize(
    "query",
    ["level=lokal", "objective=99", "objective=x", "country=XYZ", "kind=king", "forum=1999", "sort=random", "basis=x"],
)
def test_a_value_that_does_not_exist_is_said_and_nothing_is_guessed(client, query):
    kept(publish_one)
    response = client.get(f"{LIST}?{query}")
    value = query.partition("=")[2]
    assert response.status_code == 400
    assert f"“{value}” is not one of the choices under" in response.content.decode()
    assert references(response) == []
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_a_field_that_is_no_filter_is_left_aside_and_said(client):
    kept(publish_one)
    response = client.get(LIST + "?utm_source=mail")
    assert response.status_code == 200
    assert len(references(response)) == 1
    assert "“utm_source” is not a filter of this list and was left aside." in response.content.decode()


def test_an_unknown_organisation_and_an_unpublished_one_answer_alike(client):
    kept(publish_one)
    hidden = make_organisation("Hidden body")
    answers = [client.get(LIST, {"organisation": slug}) for slug in (hidden.slug, "no-such-body")]
    bodies = [answer.content.decode().replace(hidden.slug, "X").replace("no-such-body", "X") for answer in answers]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert bodies[0] == bodies[1]
    assert "Hidden body" not in bodies[0]


def test_nothing_found_says_what_to_leave_out(client):
    kept(publish_one)
    response = client.get(LIST + "?q=zzzz&level=national")
    assert response.status_code == 200
    assert "Nothing answers all of this together" in response.content.decode()
    assert 'href="?level=national"' in response.content.decode()


def test_an_empty_site_says_so(client, forum):
    assert "Nothing is published here yet" in client.get(LIST).content.decode()


@pytest.mark.parametrize("address", ["/en/forums/1999/inputs/", "/en/objectives/24/", "/en/forums/2026/round-tables/9/"])
def test_what_does_not_exist_is_not_found(client, forum, address):
    assert client.get(address).status_code == 404


def test_views_on_the_same_inputs_show_their_own(client, forum):
    mine = make_published(objectives=[7])
    other = make_published(objectives=[8], call=make_call(make_forum("2022", year=2022, name="First")))
    shown = {
        "/en/inputs/": [other.reference, mine.reference],
        "/en/forums/2026/inputs/": [mine.reference],
        "/en/objectives/7/": [mine.reference],
        "/en/objectives/8/": [other.reference],
        "/en/forums/2026/round-tables/3/": [mine.reference],
        "/en/forums/2026/round-tables/4/": [],
        "/en/forums/2022/round-tables/4/": [other.reference],
    }
    assert {address: references(client.get(address)) for address in shown} == shown


def test_a_round_table_tells_its_objectives_and_that_its_map_is_not_final(client, forum):
    forum.round_tables.filter(number=1).update(indicative=True, note_leads="IOM, ILO")
    page = client.get("/en/forums/2026/round-tables/1/").content.decode()
    for number in (1, 5, 9, 13, 17, 21):
        assert reverse("submissions:objective", args=[number]).replace("/en/", "/en/") in page
    assert "indicative" in page
    assert "IOM, ILO" in page


def test_a_facet_link_keeps_the_other_filters_and_goes_to_the_first_page(client):
    kept(publish_one)
    page = client.get(LIST + "?q=word&level=national&page=1").content.decode()
    assert 'href="?q=word&amp;level=national&amp;objective=14"' in page
    assert '<input type="hidden" name="level" value="national">' in page


SILLY = [
    "q=" + "%26%7C%21%28%29%3A%2A" * 1200,
    "q=" + "OR+-" * 2500,
    "q=%00",
    "q=a%00b*",
    "q=%22%22%22unbalanced",
    "q=%22-%22+-%22a",
    "q='%3A*+|+!",
    "q=\\\\'*",
    "q=" + "a*+" * 60,
    "q=abc*+" * 20,
    "q=%EF%B7%BA*",
    "q=%F0%9F%A6%8A",
    "organisation=%00",
    "objective=1%00",
    "country=%ff",
    "page=" + "9" * 5000,
    "sort=%00",
    "nofield[]=1&nofield[]=2",
]


@pytest.mark.parametrize("query", SILLY, ids=range(len(SILLY)))
def test_a_silly_question_is_answered_with_a_sentence(client, query):
    kept(publish_one)
    response = client.get(f"{LIST}?{query}")
    assert response.status_code in (200, 400)
    assert references(response) == [] or "was left aside" in response.content.decode()
    assert 'class="empty"' in response.content.decode() or response.status_code == 400 or references(response)


def test_more_than_the_limit_is_left_out_and_that_is_said(client):
    kept(publish_one)
    page = client.get(LIST, {"q": "word " * 60}).content.decode()
    assert "Only the first 200 signs of the words were looked for." in page
    assert client.get(LIST, {"q": "word"}).content.decode().count("Only the first") == 0


def test_a_list_is_put_in_the_order_of_countries(client):
    kenya, nepal = make_published(countries=["KEN"]), make_published(countries=["NPL"])
    assert references(client.get(LIST + "?sort=country")) == [kenya.reference, nepal.reference]
