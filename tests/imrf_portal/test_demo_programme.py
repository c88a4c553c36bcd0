"""The programme of the demonstration: whole, released twice, with States that do not exist."""

import pytest
from django.conf import settings
from django.utils.translation import override

from forums.models import Change, Forum
from forums.programme.released import released_sessions
from forums.programme.rules import remarks
from forums.programme.snapshot import drafts_of

pytestmark = pytest.mark.usefixtures("demonstration", "aside")
MARKS = {
    "en": "(demonstration)",
    "fr": "(démonstration)",
    "es": "(demostración)",
    "ru": "(демонстрация)",
    "ar": "(عرض توضيحي)",
    "zh-hans": "（演示）",
}


@pytest.fixture
def forum():
    return Forum.objects.get(slug="demo")


def test_the_second_release_shows_what_changed_since_the_first(forum):
    second, first = forum.releases.all()
    assert (first.number, len(first.sessions), first.changes) == (1, 16, [])
    assert [change["kind"] for change in second.changes] == ["cancelled", "chairs", "room", "moved"]
    assert second.note
    assert first.released_by.email.endswith("@demo.example")


def test_nothing_is_missing_in_it_and_one_side_event_is_cancelled(forum):
    assert remarks(list(drafts_of(forum)), forum) == []
    assert [one.slug for one in released_sessions(forum) if one.cancelled_at] == ["side-event-letters"]


def test_its_co_chairs_are_invented_and_say_so_in_every_language(forum):
    tables = [one for one in released_sessions(forum) if one.kind == "round_table"]
    for language, _name in settings.LANGUAGES:
        with override(language):
            for table in tables:
                assert table.chairs.language == language
                assert [line.endswith(MARKS[language]) for line in table.chairs.lines] == [True, True]


def test_nobody_is_written_to_about_it(forum):
    assert Change.objects.filter(forum=forum, kind="programme").count() == 2
    assert not Change.objects.filter(forum=forum, kind="programme", announced_at=None).exists()
