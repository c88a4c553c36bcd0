import re

import pytest

from tests.factories import make_published

pytestmark = pytest.mark.django_db
LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh-hans"]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.5", "fr"),
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("ar", "ar"),
        ("de,es;q=0.4", "es"),
        ("de", "en"),
        ("", "en"),
        ("*" * 5000, "en"),
    ],
)
def test_the_root_leads_to_the_language_the_browser_asks_for(client, asked, given):
    response = client.get("/", HTTP_ACCEPT_LANGUAGE=asked)
    assert (response.status_code, response.headers["Location"]) == (302, f"/{given}/")
    assert not response.cookies
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in response.headers["Vary"].split(",")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_own_pages(client, forum, language):
    response = client.get(f"/{language}/inputs/")
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in response.content.decode()
    assert response.headers["Content-Language"] == language


def links(page, pattern):
    return dict(re.findall(pattern, page.replace("&amp;", "&")))


def test_the_switch_keeps_page_and_filters(client, forum):
    make_published()
    page = client.get("/en/inputs/?q=consular&objective=14&page=1").content.decode()
    found = links(page, r'<li><a href="([^"]+)" lang="([\w-]+)"')
    assert found == {f"/{language}/inputs/?q=consular&objective=14&page=1": language for language in LANGUAGES}


def test_search_engines_are_told_of_the_other_languages_and_the_one_address(client, forum):
    published = make_published()
    page = client.get(f"/fr/inputs/{published.reference}/").content.decode()
    found = links(page, r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"')
    own = f"/inputs/{published.reference}/"
    assert found == {language: f"http://testserver/{language}{own}" for language in LANGUAGES} | {
        "x-default": f"http://testserver/en{own}"
    }
    assert f'<link rel="canonical" href="http://testserver/fr{own}">' in page


def test_the_one_address_of_a_filtered_list_does_not_depend_on_the_order(client, forum):
    make_published()
    pages = [
        client.get(f"/en/inputs/?{query}")
        for query in ("level=national&q=x&objective=14", "objective=14&q=x&level=national")
    ]
    canonical = {re.search(r'rel="canonical" href="([^"]+)"', page.content.decode())[1] for page in pages}
    assert canonical == {"http://testserver/en/inputs/?q=x&amp;level=national&amp;objective=14"}


@pytest.mark.parametrize(
    "address",
    ["/en/", "/en/forums/", "/en/forums/2026/", "/en/calendar/", "/en/inputs/", "/en/objectives/7/", "/api/docs/"],
)
def test_every_page_has_its_own_title_and_description(client, forum, address):
    page = client.get(address).content.decode()
    title = re.search(r"<title>([^<]+)</title>", page)[1]
    description = re.search(r'<meta name="description" content="([^"]+)"', page)[1]
    assert title.endswith("International Migration Review Forum")
    assert len(title) > len(" · International Migration Review Forum")
    assert 20 < len(description) < 400


def test_titles_differ_from_page_to_page(client, forum):
    addresses = ["/en/", "/en/forums/", "/en/forums/2026/", "/en/calendar/", "/en/inputs/", "/en/objectives/7/"]
    titles = {re.search(r"<title>([^<]+)</title>", client.get(address).content.decode())[1] for address in addresses}
    assert len(titles) == len(addresses)
