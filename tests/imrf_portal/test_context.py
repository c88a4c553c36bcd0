"""What the frame of every page says: the same as the slower ways to ask for it."""

from datetime import date, timedelta

import pytest
from django.test import RequestFactory
from django.urls import Resolver404, resolve, translate_url
from django.utils.timezone import now
from django.utils.translation import override

from forums.models import Forum, Letter, LettersSeen
from forums.operations import seeing
from imrf_portal.context import OWN_NAMES, forums_in_short, in_each_language, portal
from tests.factories import make_forum, make_user
from tests.imrf_portal.rooms import make_letter

PATHS = (
    "/en/", "/fr/about/", "/ar/inputs/", "/zh-hans/inputs/IMRF-2026-I-00001/versions/2/", "/en/forums/2026/", "/en/my/",
    "/en/organisations/Café/", "/en/inputs/a b/", "/en/countries/ken/", "/fr/inputs/50%25/", "/en/inputs/what?/",
    "/en/nowhere/", "/en/embed/inputs/", "/admin/", "/accounts/login/", "/", "/robots.txt", "/xx/inputs/",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("is_resolved", [True, False])
def test_addresses_in_other_languages_are_those_that_django_finds(path, is_resolved):
    request = RequestFactory().get("/")
    request.path = request.path_info = path
    language = path.split("/")[1]
    with override(language if language in OWN_NAMES else "en"):
        try:
            match = resolve(path)
        except Resolver404:
            match = None
        request.resolver_match = match if is_resolved else None
        expected = None
        if match and language in OWN_NAMES:
            expected = {code: translate_url(path, code) for code in OWN_NAMES}
        assert in_each_language(request) == expected


@pytest.mark.django_db
def test_forums_in_short_are_those_of_the_model_in_its_order():
    for slug, first in (("2022", date(2022, 5, 17)), ("2026", date(2026, 5, 5)), ("2030", None)):
        days = {"first_day": first, "last_day": first and first + timedelta(days=3)}
        make_forum(slug, **days, demonstration=slug == "2022", status="dated" if first else "announced")
    expected = [(one.slug, one.first_day, one.last_day, one.demonstration) for one in Forum.objects.all()]
    assert [tuple(one) for one in forums_in_short()] == expected
    assert [one[0] for one in expected] == ["2030", "2026", "2022"]


@pytest.mark.django_db
@pytest.mark.parametrize("has_looked", [True, False])
def test_new_letters_are_those_that_the_reader_finds(has_looked, monkeypatch):
    monkeypatch.setattr(seeing, "MOST_COUNTED", 2)
    person, at = make_user(date_joined=now() - timedelta(days=9)), now()
    if has_looked:
        LettersSeen.objects.create(person=person, up_to=at - timedelta(hours=2))
    for place, (hours, fields) in enumerate(
        [(-1, {}), (-3, {}), (-300, {}), (1, {}), (-1, {"held": True}), (-1, {"private": True})]
    ):
        when = {"written_at": at, "not_before": at + timedelta(hours=hours)}
        make_letter(f"letter{place}", to=person.email, **{**when, **fields})
    make_letter(f"{Letter.SUPERSEDED}x", to=person.email, written_at=at, not_before=at - timedelta(hours=1))
    make_letter("other", to="other@example.org", written_at=at, not_before=at - timedelta(hours=1))
    since = at - timedelta(hours=2) if has_looked else person.date_joined
    found = Letter.objects.for_reader(person.email, at).filter(not_before__gt=since).count()
    assert seeing.unseen(person, at) == found == (1 if has_looked else 2)
    for place in range(3):
        make_letter(f"more{place}", to=person.email, written_at=at, not_before=at - timedelta(minutes=1))
    assert seeing.unseen(person, at) == 3


@pytest.mark.django_db
def test_the_page_of_a_forum_is_told_from_pages_about_it():
    for path, is_its_page in (("/en/forums/2026/", True), ("/en/forums/2026/inputs/", False), ("/en/my/", False)):
        request = RequestFactory().get(path)
        with override("en"):
            request.resolver_match = resolve(path)
            found = portal(request)
        assert (found["at_forum"], found["in_my"]) == ("2026" if is_its_page else "", path == "/en/my/")
