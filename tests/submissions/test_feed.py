import xml.etree.ElementTree as ElementTree
from datetime import timedelta

import pytest

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


@pytest.mark.parametrize("query", ["lang=xx", "objective=99", "nonsense=1", "page=2", "sort=title"])
def test_what_the_feed_does_not_know_is_refused_by_name(client, forum, query):
    response = client.get(f"/feeds/inputs.atom?{query}")
    assert response.status_code == 400
    assert query.split("=")[0] in response.content.decode() or query.split("=")[1] in response.content.decode()


def test_an_empty_feed_is_the_same_at_every_look(client, forum):
    assert client.get("/feeds/inputs.atom").content == client.get("/feeds/inputs.atom").content
