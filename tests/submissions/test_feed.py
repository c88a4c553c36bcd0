import xml.etree.ElementTree as ElementTree
from datetime import timedelta

import feedparser
import pytest
from lxml import html

from submissions.models import PublishedInput
from tests.factories import NOW, make_organisation, make_published

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(response):
    return ElementTree.fromstring(response.content).findall("a:entry", ATOM)


def said(entry, name):
    return entry.findtext(f"a:{name}", namespaces=ATOM)


def test_an_entry_says_who_says_what_where_and_since_when(client, forum):
    make_published(title="الحماية & <co>", language="ar", summary="a < b", organisation=make_organisation("Harbour Light"))
    PublishedInput.objects.update(changed_at=NOW + timedelta(hours=1))
    response = client.get("/feeds/inputs.atom")
    (entry,) = entries(response)
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert said(entry, "title") == "الحماية & <co>"
    assert said(entry, "id") == "tag:testserver,2026:input/IMRF-2026-I-00001"
    assert said(entry, "updated") == "2026-01-20T13:00:00+00:00"
    assert said(entry, "published") == "2026-01-20T12:00:00+00:00"
    assert said(entry, "summary") == "a &lt; b"  # declared as HTML
    assert entry.findtext("a:author/a:name", namespaces=ATOM) == "Harbour Light"
    assert entry.find("a:link", ATOM).get("href") == "http://testserver/en/inputs/IMRF-2026-I-00001/"
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"


def test_the_language_asked_for_is_that_of_the_feeds_own_words_and_links(client, forum):
    make_published()
    feed = ElementTree.fromstring(client.get("/feeds/inputs.atom?lang=fr").content)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert feed.find("a:entry/a:link", ATOM).get("href") == "http://testserver/fr/inputs/IMRF-2026-I-00001/"


def test_a_feed_is_filtered_as_the_page_is(client, forum):
    mine = make_published(objectives=[7])
    make_published(objectives=[8])
    (entry,) = entries(client.get("/feeds/inputs.atom?objective=7&forum=2026"))
    assert said(entry, "id").endswith(mine.reference)


@pytest.mark.parametrize("query", ["lang=xx", "objective=99", "nonsense=1", "page=2", "sort=sideways"])
def test_what_the_feed_does_not_know_is_refused_by_name(client, forum, query):
    response = client.get(f"/feeds/inputs.atom?{query}")
    assert response.status_code == 400
    assert query.split("=")[0] in response.content.decode() or query.split("=")[1] in response.content.decode()


def test_an_empty_feed_is_the_same_at_every_look(client, forum):
    assert client.get("/feeds/inputs.atom").content == client.get("/feeds/inputs.atom").content


@pytest.mark.parametrize(
    "page", ["/en/inputs/", "/ar/objectives/7/", "/fr/forums/2026/inputs/", "/en/forums/2026/round-tables/2/"]
)
def test_each_list_names_the_feed_of_exactly_itself(client, forum, page):
    make_published(title="Wages on time", objectives=[7], language="en")
    make_published(title="Other words", objectives=[7, 14], language="fr")
    asked = client.get(f"{page}?language=en&sort=title")
    links = html.fromstring(asked.content).xpath('//link[@type="application/atom+xml"]/@href')
    own = [link for link in links if "?" in link]
    assert own[0] in html.fromstring(asked.content).xpath("//p//a/@href")
    feed = client.get(own[0])
    assert "sort=title" in own[0]
    assert f"lang={page[1:3]}" in own[0]
    assert [said(entry, "title") for entry in entries(feed)] == [card["title"] for card in asked.context["cards"]]


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh-hans"])
def test_feedparser_reads_the_feed_of_any_list_in_six_languages(client, forum, language):
    make_published(title="A < B & “C” الحماية", language="ar", objectives=[7])
    feed = feedparser.parse(client.get(f"/feeds/inputs.atom?objective=7&q=الحماية&sort=title&lang={language}").content)
    assert not feed.bozo
    (entry,) = feed.entries
    assert entry.title == "A < B & “C” الحماية"
    assert feed.feed.title
    assert entry.link.startswith(f"http://testserver/{language}/inputs/")


def test_a_feed_says_of_which_list_it_is_and_leads_there(client, forum):
    make_published(objectives=[7], title="Wages")
    feed = ElementTree.fromstring(client.get("/feeds/inputs.atom?q=wages&objective=7").content)
    assert "“wages” · 7." in feed.findtext("a:title", namespaces=ATOM)
    assert feed.find("a:link[@rel='alternate']", ATOM).get("href").endswith("/en/inputs/?q=wages&objective=7&sort=newest")


def test_the_order_of_a_feed_is_the_newest_first_unless_another_is_chosen(client, forum):
    for title in ("B", "A", "C"):
        make_published(title=title)
    order = {"": "CAB", "&sort=title": "ABC", "&sort=newest": "CAB", "&sort=relevance": "CAB"}
    for query, titles in order.items():
        found = client.get(f"/feeds/inputs.atom?lang=en{query}")
        assert "".join(said(entry, "title") for entry in entries(found)) == titles, query


@pytest.mark.parametrize("query", ["", "?q=wages", "?objective=7&sort=title&lang=ar"])
def test_who_has_a_feed_already_gets_304_and_nobody_a_cookie(client, forum, query):
    make_published(title="Wages", objectives=[7])
    first = client.get(f"/feeds/inputs.atom{query}")
    again = client.get(f"/feeds/inputs.atom{query}", headers={"if-none-match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert not first.cookies
    assert not again.cookies
    make_published(title="Wages again", objectives=[7])
    assert client.get(f"/feeds/inputs.atom{query}", headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_a_feed_costs_the_same_with_few_and_many(client, forum, count_statements):
    make_published(title="Wages")
    few = count_statements(lambda: client.get("/feeds/inputs.atom?q=wages"))
    for _ in range(10):
        make_published(title="Wages")
    assert count_statements(lambda: client.get("/feeds/inputs.atom?q=wages")) == few
