"""One tag prints every moment, in each language as it writes dates, with the zone named."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from forums.templatetags.moments import day_in_words, in_words, moment, offset_in_words

INSTANT = datetime(2026, 1, 30, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Friday 30 January 2026"),
        ("fr", "vendredi 30 janvier 2026"),
        ("es", "viernes 30 de enero de 2026"),
        ("ru", "пятница, 30 января 2026"),
        ("zh-hans", "2026年1月30日 星期五"),
    ],
)
def test_a_day_is_written_as_its_language_writes_it(language, words):
    with translation.override(language):
        assert day_in_words(date(2026, 1, 30)) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/New_York", "Friday 30 January 2026, 17:00 New York (UTC−5)"),
        ("Asia/Kathmandu", "Saturday 31 January 2026, 03:45 Kathmandu (UTC+5:45)"),
        ("UTC", "Friday 30 January 2026, 22:00 UTC (UTC)"),
    ],
)
def test_a_moment_names_its_zone_and_offset(zone, words):
    with translation.override("en"):
        assert in_words(INSTANT, ZoneInfo(zone)) == words


def test_seconds_are_never_hidden():
    with translation.override("en"):
        assert "17:00:09" in in_words(INSTANT.replace(second=9), ZoneInfo("America/New_York"))


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        in_words(datetime(2026, 1, 30), ZoneInfo("UTC"))  # noqa: DTZ001 - that is the point


def test_summer_time_changes_the_offset():
    summer = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("America/New_York"))
    assert offset_in_words(summer) == "UTC−4"


def test_machines_read_the_same_instant():
    written = moment(INSTANT, "America/New_York").partition('datetime="')[2].partition('"')[0]
    assert datetime.fromisoformat(written) == INSTANT
