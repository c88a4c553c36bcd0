"""Names of countries, objectives and their like: kept for a minute by public pages, asked anew for what is made to stay."""

import pytest
from django.core.cache import caches
from django.utils import translation

from forums.models import Country, Forum
from forums.once import forums_of, kept_forums_of
from submissions.search.vocabulary import vocabulary
from tests.factories import make_published

pytestmark = pytest.mark.django_db
LOCMEM = {"BACKEND": "imrf_portal.cache.AsTheyAre", "LOCATION": "test-words", "TIMEOUT": 60}


@pytest.fixture
def keeping(settings):
    """Names are kept, as they are outside of tests; none to begin with."""
    counts = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test-counts"}  # which forgets none
    settings.CACHES = {**settings.CACHES, "words": LOCMEM, "pages": counts}
    for name in ("words", "pages"):
        caches[name].clear()
    yield
    for name in ("words", "pages"):
        caches[name].clear()


def rename(country, name):
    Country.objects.filter(pk=country.pk).update(name_en=name)


def test_kept_words_ask_nothing_and_are_a_minute_old_at_most(keeping, forum, count_statements):
    country = Country.objects.first()
    assert count_statements(lambda: vocabulary([forum], kept=True)) == 1
    rename(country, "Elsewhere")
    assert count_statements(lambda: vocabulary([forum], kept=True)) == 0
    assert vocabulary([forum], kept=True).word("country", country.pk) != "Elsewhere"
    assert vocabulary([forum]).word("country", country.pk) == "Elsewhere"
    caches["words"].clear()  # as the minute does
    assert vocabulary([forum], kept=True).word("country", country.pk) == "Elsewhere"


def test_each_language_and_each_forum_has_words_of_its_own(keeping, forum):
    english = vocabulary([forum], kept=True)
    with translation.override("fr"):
        assert vocabulary([forum], kept=True).word("level", "global") != english.word("level", "global")
    titled = vocabulary([forum], forum=forum, kept=True)
    assert set(titled.words["round_table"]) <= set(english.words["round_table"])
    assert english.words == vocabulary([forum], kept=True).words


def test_names_of_forums_and_organisations_are_never_kept(keeping, forum):
    vocabulary([forum], kept=True)
    assert vocabulary([], kept=True).words["forum"] == {}
    assert vocabulary([forum], kept=True).words["forum"] == {forum.slug: str(forum)}


def test_pages_of_the_public_ask_for_forums_once_and_keep_words(keeping, client, forum, count_statements):
    published = make_published(title="Speedy crossings")
    for address in ("/en/inputs/", published.get_absolute_url()):
        client.get(address)
        assert count_statements(lambda page=address: client.get(page)) <= 3


def test_forums_that_a_public_page_only_names_are_kept_as_long(keeping, forum, rf, count_statements):
    assert count_statements(lambda: kept_forums_of(rf.get("/"))) == 1
    assert count_statements(lambda: kept_forums_of(rf.get("/"))) == 0
    Forum.objects.filter(pk=forum.pk).update(name_en="Another name")
    assert "Another name" not in map(str, kept_forums_of(rf.get("/")))
    assert "Another name" in map(str, forums_of(rf.get("/")))
    caches["words"].clear()
    assert "Another name" in map(str, kept_forums_of(rf.get("/")))
