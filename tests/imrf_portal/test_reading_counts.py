"""How often public pages are read is counted by day, kind and language; nothing of who read them."""

from collections import Counter

import pytest
from django.db import Error, connection
from django.test import Client
from django.utils.timezone import now

from forums.models import PageCount, PageKind
from imrf_portal import reading_counts
from imrf_portal.reading_counts import COUNTS, KIND_OF, is_program
from tests.factories import make_published

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PROGRAMS = (
    "",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "curl/8.5.0",
    "python-requests/2.32",
    "Mozilla/5.0 AppleWebKit/537.36 HeadlessChrome/130.0 Safari/537.36",
    "facebookexternalhit/1.1",
)


@pytest.fixture
def counted(settings, monkeypatch):
    """Counting is on, and adds only when a test says so: a thread would write past the transaction of the test."""
    settings.PAGE_COUNT_SECONDS = 30
    monkeypatch.setattr(COUNTS, "process", reading_counts.os.getpid())
    monkeypatch.setattr(COUNTS, "waiting", Counter())

    def counted():
        COUNTS.add()
        rows = PageCount.objects.filter(day=now().date()).values_list("page", "language", "number")
        return {(page, language): number for page, language, number in rows}

    return counted


def read(address, agent=FIREFOX, **headers):
    return Client().get(address, headers={"User-Agent": agent, **headers})


def test_a_page_is_counted_by_its_kind_and_language(counted, forum):
    published = make_published()
    for address in (
        "/en/",
        "/ar/inputs/",
        "/en/inputs/?q=words",
        published.get_absolute_url(),
        "/en/inputs.csv",
        "/fr/figures/",
        "/fr/figures/",
    ):
        assert read(address).status_code == 200
    assert counted() == {
        ("home", "en"): 1,
        ("list", "ar"): 1,
        ("search", "en"): 1,
        ("input", "en"): 1,
        ("figures", "fr"): 2,
        ("form", "en"): 1,
    }


def test_counts_are_added_to_those_of_the_same_day(counted, forum):
    read("/en/")
    assert counted() == {("home", "en"): 1}
    read("/en/")
    read("/en/")
    assert counted() == {("home", "en"): 3}


def test_who_has_the_page_already_has_read_it_again(counted, forum):
    first = read("/en/about/")
    assert read("/en/about/", **{"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert counted() == {("other", "en"): 2}


def test_a_page_that_was_kept_ready_is_counted_as_well(counted, settings, forum):
    settings.READY_PAGES = 3
    make_published()
    client = Client(headers={"User-Agent": FIREFOX})
    for _ in range(3):
        client.get("/en/inputs/")
    assert counted() == {("list", "en"): 3}


@pytest.mark.parametrize("agent", PROGRAMS)
def test_programs_are_not_counted(counted, forum, agent):
    read("/en/", agent)
    assert counted() == {}


@pytest.mark.parametrize(
    "agent", [FIREFOX, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Lynx/2.9"]
)
def test_a_person_with_a_browser_is_no_program(agent):
    assert not is_program(agent)


def test_nothing_else_is_counted(counted, forum, client, elena):
    read("/en/", **{"Sec-Purpose": "prefetch;prerender"})
    Client().head("/en/", headers={"User-Agent": FIREFOX})
    for address in (
        "/en/inputs/IMRF-2026-I-99999/",
        "/en/inputs/?level=nowhere",
        "/api/v1/inputs/",
        "/accounts/login/",
        "/livez",
    ):
        read(address)
    client.force_login(elena)
    client.get("/en/my/", headers={"User-Agent": FIREFOX})
    assert counted() == {}


def test_what_cannot_be_added_now_is_added_later(counted, forum, monkeypatch):
    read("/en/")

    def refuse(*args):
        raise Error

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", refuse)
        COUNTS.add()
    assert counted() == {("home", "en"): 1}


def test_nothing_is_kept_but_day_kind_language_and_number():
    assert {field.name for field in PageCount._meta.concrete_fields} == {"id", "day", "page", "language", "number"}


def test_every_name_of_an_address_that_has_a_kind_exists():
    from django.urls import get_resolver

    names = {name for _language, resolver in _resolvers(get_resolver()) for name in resolver}
    assert set(KIND_OF) <= names
    assert set(KIND_OF.values()) == set(PageKind) - {PageKind.SEARCH, PageKind.OTHER}


def _resolvers(resolver):
    yield "", [name for name in resolver.reverse_dict if isinstance(name, str)]
    for _prefix, inner in resolver.namespace_dict.values():
        yield from _resolvers(inner)
