"""Moments typed on the clock of a forum's city."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from forums.zoned_fields import WallClockField, instant_of

NEW_YORK, GENEVA = ZoneInfo("America/New_York"), ZoneInfo("Europe/Zurich")


@pytest.mark.parametrize(
    ("wall", "zone", "instant"),
    [
        ("2026-01-30T17:00", NEW_YORK, "2026-01-30T22:00"),
        ("2026-03-08T01:59:59", NEW_YORK, "2026-03-08T06:59:59"),
        ("2026-03-08T03:00", NEW_YORK, "2026-03-08T07:00"),
        ("2026-03-24T00:00", NEW_YORK, "2026-03-24T04:00"),
        ("2026-11-01T00:59:59", NEW_YORK, "2026-11-01T04:59:59"),
        ("2026-11-01T01:30", NEW_YORK, "2026-11-01T05:30"),  # shown twice: the first occurrence, still summer time
        ("2026-11-01T02:00", NEW_YORK, "2026-11-01T07:00"),
        ("2026-10-25T02:30", GENEVA, "2026-10-25T00:30"),
        ("2026-05-05T09:00", ZoneInfo("Asia/Kathmandu"), "2026-05-05T03:15"),
    ],
)
def test_a_wall_clock_time_is_one_instant(wall, zone, instant):
    assert instant_of(datetime.fromisoformat(wall), zone) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "zone", "city"),
    [("2026-03-08T02:30", NEW_YORK, "New York"), ("2026-03-29T02:00", GENEVA, "Zurich")],
)
def test_a_time_that_clocks_skip_is_refused_with_a_sentence(wall, zone, city):
    with pytest.raises(ValidationError) as refused:
        instant_of(datetime.fromisoformat(wall), zone)
    [sentence] = refused.value.messages
    assert city in sentence
    assert wall.partition("T")[2] in sentence


def test_what_was_typed_is_shown_again_as_it_was_typed():
    field = WallClockField()
    field.zone = NEW_YORK
    wall = field.to_python("2026-01-30T17:00")
    assert field.prepare_value(instant_of(wall, NEW_YORK)) == wall
    assert not field.has_changed(instant_of(wall, NEW_YORK), "2026-01-30T17:00")
    assert field.has_changed(instant_of(wall, NEW_YORK), "2026-01-30T17:01")


@pytest.mark.parametrize(
    "typed",
    [
        "2026-01-30T17:00Z",
        "2026-01-30T17:00+02:00",
        "2026-01-30",
        "tomorrow",
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "\x00",
    ],
)
def test_no_other_way_of_writing_a_moment_is_taken(typed):
    with pytest.raises(ValidationError):
        WallClockField().to_python(typed)
