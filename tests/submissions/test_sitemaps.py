"""Sitemaps name every public page in each language, with its other languages, and nothing that is not public."""

from datetime import timedelta

import pytest
from lxml import etree

from submissions import operations, sitemaps
from submissions.models import PublishedInput, Submission
from tests.factories import NOW, make_organisation, make_published, make_submission
from tests.pages.turns import one_in_turn

pytestmark = pytest.mark.django_db
NAMES = {"s": sitemaps.SITEMAP, "x": sitemaps.XHTML}


def parsed(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml; charset=utf-8")
    assert not answer.cookies
    return etree.fromstring(answer.content)


def addresses(root):
    return [each.text for each in root.findall("*/s:loc", NAMES)]


def all_addresses(client, language):
    """Everything that the sitemaps of a language name, found by the index."""
    found = []
    for place in addresses(parsed(client, "/sitemap.xml")):
        if f"sitemap-{language}-" in place:
            found += addresses(parsed(client, place.removeprefix("http://testserver")))
    return found


@pytest.mark.parametrize("language", one_in_turn(["en", "ar", "zh-hans"], "sitemap"))
def test_every_page_that_is_named_opens_in_that_language(client, forum, language):
    published = make_published()
    found = all_addresses(client, language)
    assert len(found) == len(set(found)) > 40
    assert f"http://testserver/{language}/inputs/{published.reference}/" in found
    assert f"http://testserver/{language}/organisations/{published.organisation_slug}/" in found
    for address in found:
        answer = client.get(address.removeprefix("http://testserver"))
        assert (address, answer.status_code) == (address, 200)
        assert f'lang="{language}"' in answer.content.decode()


def test_each_address_names_its_other_languages(client, forum):
    published = make_published()
    root = parsed(client, f"/sitemap-fr-inputs-{published.pk // sitemaps.BLOCK}.xml")
    (entry,) = [each for each in root if published.reference in each.findtext("s:loc", namespaces=NAMES)]
    links = {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", NAMES)}
    assert set(links) == {"ar", "en", "es", "fr", "ru", "zh-hans", "x-default"}
    assert links["ar"] == f"http://testserver/ar/inputs/{published.reference}/"
    assert links["x-default"] == links["en"]
    assert entry.findtext("s:lastmod", namespaces=NAMES) == "2026-01-20T12:00:00+00:00"


def test_what_is_not_public_is_not_named(client, forum):
    hidden = make_submission(status="accepted", organisation=make_organisation("zqHidden"))
    down = make_published()
    submission = Submission.objects.get(pk=down.submission_id)
    operations.take_down(submission, by=submission.reviewer, at=NOW + timedelta(hours=1), reason="Names a person.")
    later = make_published()
    PublishedInput.objects.filter(pk=later.pk).update(visible_at=NOW + timedelta(days=9000))
    everything = " ".join(all_addresses(client, "en"))
    for wrong in (hidden.reference, hidden.organisation.slug, down.reference, later.reference):
        assert wrong not in everything


def test_inputs_stand_in_blocks_that_do_not_move(client, forum, monkeypatch):
    monkeypatch.setattr(sitemaps, "BLOCK", 2)
    made = [make_published().reference for _ in range(4)]
    before = [place for place in addresses(parsed(client, "/sitemap.xml")) if "-en-inputs-" in place]
    assert len(before) in (2, 3)
    make_published()
    after = [place for place in addresses(parsed(client, "/sitemap.xml")) if "-en-inputs-" in place]
    assert after[: len(before)] == before
    found = " ".join(all_addresses(client, "en"))
    assert all(reference in found for reference in made)


@pytest.mark.parametrize(
    "name", ["sitemap-xx-inputs-0", "sitemap-en-secrets-0", "sitemap-en-inputs-99", "sitemap-en-pages-1"]
)
def test_a_sitemap_that_is_not_there_is_not_found(client, forum, name):
    assert client.get(f"/{name}.xml").status_code == 404


def test_robots_are_told_where_the_sitemap_is(client, db):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()
