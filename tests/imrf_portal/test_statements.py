"""What the pages on moderation and accessibility promise is what the portal does, in every language."""

import pytest
from django.utils import translation

from forums.templatetags.moments import day_in_words
from imrf_portal.views import ASSESSED_ON

pytestmark = pytest.mark.django_db
LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh-hans"]


def page(client, name, language="en"):
    return client.get(f"/{language}/{name}/").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_on_moderation_names_every_kind_of_change(client, forum, language):
    said = page(client, "moderation", language)
    for symbol in ("/Rev.1", "/Corr.1", "/Add.1"):
        assert symbol in said


def test_it_says_that_the_desk_redacts_and_reclassifies_and_never_rewrites(client, forum):
    said = page(client, "moderation")
    for words in (
        "The desk never rewrites what authors say.",
        "the desk redacts words, a part or a file. A mark stands in their place",
        "never its text. The authors are told of each such correction.",
        "whether its author, the Network or a machine translated it",
        "is only counted, or read by the desk alone",
    ):
        assert words in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_on_accessibility_says_when_it_was_assessed(client, forum, language):
    with translation.override(language):
        day = day_in_words(ASSESSED_ON)
    assert f'<time datetime="{ASSESSED_ON.isoformat()}">{day}</time>' in page(client, "accessibility", language)


def test_it_says_how_by_whom_and_what_is_translated(client, forum):
    said = page(client, "accessibility")
    for words in (
        "We assessed this site ourselves",
        "It conforms in part",
        "axe-core",
        "Titles and summaries may be translated, and then say by whom; texts and files are not.",
    ):
        assert words in said
