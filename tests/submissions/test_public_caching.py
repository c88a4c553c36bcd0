"""Public pages cost little: no cookie, kept by caches, 304 for who has them, small."""

import pytest
from django.contrib.staticfiles.finders import find

from tests.factories import make_published

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/en/",
    "/en/forums/",
    "/en/forums/2026/",
    "/en/calendar/",
    "/en/inputs/",
    "/en/inputs/?q=public&level=national",
    "/en/inputs/?level=nonsense",
    "/en/forums/2026/inputs/",
    "/en/objectives/14/",
    "/en/objectives/",
    "/en/countries/",
    "/en/countries/KEN/",
    "/en/regions/ECA/",
    "/en/organisations/",
    "/en/national-reviews/",
    "/en/national-reviews.csv",
    "/en/figures/",
    "/en/forums/2026/figures/",
    "/en/forums/2026/figures/coverage/?across=kind",
    "/en/forums/2026/figures/objective.csv",
    "/en/changes/",
    "/en/forums/2026/round-tables/2/",
    "/en/inputs/{reference}/",
    "/en/organisations/{organisation}/",
    "/en/receipts/{reference}/",
    "/en/about/",
    "/en/terms/",
    "/en/open-data/",
    "/en/embed/inputs/",
    "/en/suggest/?q=ken",
    "/en/inputs/{reference}.ris",
    "/en/inputs/{reference}.bib",
    "/en/inputs/{reference}.csl.json",
    "/en/inputs/{reference}.json",
    "/sitemap.xml",
    "/sitemap-en-pages-0.xml",
    "/.well-known/security.txt",
    "/feeds/inputs.atom",
    "/feeds/inputs.atom?lang=fr",
    "/api/v1/",
    "/api/v1/inputs/",
    "/api/v1/inputs/{reference}/",
    "/api/v1/inputs/?nonsense=1",
    "/api/docs/",
    "/api/docs/?lang=fr",
    "/api/schema/",
    "/robots.txt",
]


MOST, MOST_OF_MACHINES = 100_000, 250_000  # bytes; nobody waits before a screen for the description of the API


@pytest.mark.parametrize("address", PAGES)
def test_public_pages_set_no_cookie_and_are_small(client, forum, address):
    published = make_published()
    response = client.get(address.format(reference=published.reference, organisation=published.organisation_slug))
    assert response.status_code in (200, 302, 400)
    assert not response.cookies
    page, is_html = response.content.decode(), "text/html" in response.get("Content-Type", "")
    with open(find("css/portal.css"), "rb") as sheet:
        most = MOST_OF_MACHINES if address == "/api/schema/" else MOST
        assert len(response.content) + (len(sheet.read()) if is_html else 0) < most
    assert "style=" not in page
    described = page.count('<script type="application/ld+json">')  # words, which no browser runs
    assert page.count("<script") - described == page.count('<script src="/static/')
    assert page.count("<script") - described <= 2


@pytest.mark.parametrize(
    "address",
    [page for page in PAGES if "nonsense" not in page and "receipts" not in page and page not in ("/", "/api/v1/")],
)
def test_public_pages_answer_304_to_who_has_them(client, forum, address):
    published = make_published()
    address = address.format(reference=published.reference, organisation=published.organisation_slug)
    first = client.get(address)
    assert "public" in first.headers["Cache-Control"]
    again = client.get(address, HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("address", ["/en/inputs/", "/en/inputs/{reference}/", "/api/v1/inputs/{reference}/"])
def test_after_a_take_down_a_browser_may_show_its_copy_for_a_minute_and_a_shared_cache_for_a_second(client, forum, address):
    published = make_published()
    kept = client.get(address.format(reference=published.reference)).headers["Cache-Control"]
    assert set(kept.split(", ")) == {"public", "max-age=60", "s-maxage=1"}


def test_pages_of_signed_in_people_are_kept_nowhere(client, amina, forum):
    client.force_login(amina)
    response = client.get("/en/inputs/")
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]
