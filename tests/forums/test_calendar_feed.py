"""Atom of what changed: well made, in the language asked for, the same at every look, nothing private in it."""

import xml.etree.ElementTree as ElementTree
from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
from lxml import html

from forums import operations
from forums.models import Change
from tests.factories import NOW, make_call, make_forum
from tests.forums.test_ics import release, snapshot

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def change(forum, kind="waived", at=NOW, **what):
    return Change.objects.create(forum=forum, kind=kind, what=what, at=at)


def read(client, address="/feeds/calendar.atom"):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def said(element, name):
    return element.findtext(f"a:{name}", namespaces=ATOM)


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh-hans"])
@pytest.mark.parametrize("address", ["/feeds/calendar.atom", "/feeds/forums/2026/calendar.atom"])
def test_feedparser_reads_the_feeds_of_changes_in_six_languages(client, forum, address, language):
    change(forum, milestone={"en": "Report"}, reason="a < b & c <script>")
    feed = feedparser.parse(client.get(f"{address}?lang={language}").content)
    assert not feed.bozo
    (entry,) = feed.entries
    assert (feed.feed.language.lower(), entry.author) != ("", "")
    assert "a < b & c" in html.fromstring(entry.summary).text_content()


def test_a_feed_has_all_that_rfc_4287_asks_for(client, forum):
    change(forum, milestone={"en": "Report"}, reason="a < b & c")
    feed = read(client)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    for element in (feed, *feed.findall("a:entry", ATOM)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1
        assert said(element, "id").startswith("urn:uuid:")
        assert datetime.fromisoformat(said(element, "updated")).tzinfo
    (entry,) = feed.findall("a:entry", ATOM)
    assert said(entry, "title") == "Second International Migration Review Forum: “Report” is waived"
    assert said(entry, "summary") == '<p dir="auto">a &lt; b &amp; c</p>'
    assert entry.find("a:summary", ATOM).get("type") == "html"
    assert entry.findtext("a:author/a:name", namespaces=ATOM) == "United Nations Network on Migration"
    assert entry.find("a:link", ATOM).get("href") == "http://testserver/en/forums/2026/"
    assert {link.get("rel") for link in feed.findall("a:link", ATOM)} == {"alternate", "self"}


def test_names_of_entries_stay_when_the_site_moves_and_the_language_changes(client, forum, settings):
    one = change(forum, milestone={"en": "Report", "fr": "Rapport"})
    before = read(client)
    settings.SITE_URL = "https://elsewhere.example.org"
    after = read(client, "/feeds/calendar.atom?lang=fr")
    assert said(after, "id") == said(before, "id")
    (entry,) = after.findall("a:entry", ATOM)
    assert said(entry, "id") == f"urn:uuid:{one.pk}"
    assert entry.find("a:link", ATOM).get("href") == "https://elsewhere.example.org/fr/forums/2026/"
    assert after.get(LANG) == "fr"
    assert "Rapport" in said(entry, "title")


def test_the_feed_of_a_forum_has_its_changes_only_the_newest_first(client, forum):
    older, newer = change(forum), change(forum, at=NOW + timedelta(hours=1))
    change(make_forum("2030", year=2030, name="Third"))
    feed = read(client, "/feeds/forums/2026/calendar.atom")
    assert [said(entry, "id") for entry in feed.findall("a:entry", ATOM)] == [newer.pk.urn, older.pk.urn]
    assert len(read(client).findall("a:entry", ATOM)) == 3
    assert said(feed, "id") != said(read(client), "id")
    assert client.get("/feeds/forums/1999/calendar.atom").status_code == 404


def test_an_unknown_language_is_refused_by_name(client, forum):
    response = client.get("/feeds/calendar.atom?lang=xx")
    assert (response.status_code, "xx" in response.content.decode()) == (400, True)


def test_an_empty_feed_is_the_same_at_every_look_and_answers_304(client, forum):
    first = client.get("/feeds/calendar.atom")
    assert first.content == client.get("/feeds/calendar.atom").content
    assert client.get("/feeds/calendar.atom", headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    assert not first.cookies


def test_the_number_of_statements_does_not_grow(client, forum, count_statements):
    for _ in range(3):
        change(forum)
    with_three = count_statements(lambda: client.get("/feeds/calendar.atom"))
    for year in range(2100, 2130):
        change(make_forum(str(year), year=year, name=f"Forum {year}"))
    assert count_statements(lambda: client.get("/feeds/calendar.atom")) == with_three == 1


def test_a_move_tells_of_released_sessions_and_public_calls_and_of_nothing_else(client, forum, dalia):
    make_call(forum, name="Public call", opens_at=NOW, closes_at=NOW + timedelta(days=20))
    make_call(forum, name="Desk call", opens_at=NOW, closes_at=NOW + timedelta(days=20), recorded_by_desk_only=True)
    begins = datetime(2026, 5, 5, 14, 0, tzinfo=UTC)
    times = {"starts_at": begins, "ends_at": begins + timedelta(hours=3)}
    shown = forum.sessions.create(slug="shown", kind="other", title="Shown session", **times)
    forum.sessions.create(slug="draft", kind="other", title="Draft session", **times)
    release(forum, 1, [snapshot(shown.pk, "shown", *times.values())])
    days = {"first_day": date(2026, 5, 12), "last_day": date(2026, 5, 15)}
    operations.move_forum(forum, reason="The hall is not free.", by=dalia, at=NOW, **days)
    for address in ("/feeds/calendar.atom", "/api/v1/changes/"):
        text = client.get(address).content.decode()
        assert "Public call" in text
        assert "Shown session" in text
        assert "Desk call" not in text
        assert "Draft session" not in text
