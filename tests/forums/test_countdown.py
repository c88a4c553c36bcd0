"""How long it is until something: to the day of the forum's city, then the hour, then the minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from forums.calendar import entries_of
from forums.countdown import next_of, until_day, until_instant
from forums.models import Milestone
from tests.factories import CLOSES, NOW, make_call, make_forum

NEW_YORK = ZoneInfo("America/New_York")
KATHMANDU = ZoneInfo("Asia/Kathmandu")


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(days=12), "In 12 days"),
        (timedelta(days=10, hours=5, seconds=1), "In 11 days"),  # already yesterday in New York
        (timedelta(hours=48), "In 2 days"),
        (timedelta(hours=48) - timedelta(seconds=1), "In 47 hours"),
        (timedelta(hours=24), "In 24 hours"),
        (timedelta(hours=2) - timedelta(seconds=1), "In 1 hour"),
        (timedelta(hours=1), "In 1 hour"),
        (timedelta(hours=1) - timedelta(seconds=1), "In 59 minutes"),
        (timedelta(minutes=10), "In 10 minutes"),
        (timedelta(minutes=1), "In 1 minute"),
        (timedelta(seconds=59), "In less than a minute"),
        (timedelta(0), ""),
        (timedelta(seconds=-1), ""),
    ],
)
def test_the_time_until_an_instant_never_promises_more_than_there_is(before, words):
    closes = datetime(2026, 2, 11, 5, 0, tzinfo=UTC)  # midnight in New York
    assert until_instant(closes, closes - before, NEW_YORK) == words


def test_days_are_those_of_the_forums_own_city():
    at = datetime(2026, 2, 1, 18, 14, tzinfo=UTC)
    assert until_day(date(2026, 2, 10), at, NEW_YORK) == "In 9 days"
    assert until_day(date(2026, 2, 10), at, KATHMANDU) == "In 9 days"
    assert until_day(date(2026, 2, 10), at + timedelta(minutes=1), KATHMANDU) == "In 8 days"  # 00:00 there


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 2, 9, 4, 59, 59, tzinfo=UTC), "In 2 days"),
        (datetime(2026, 2, 9, 5, 0, tzinfo=UTC), "In 1 day"),
        (datetime(2026, 2, 10, 5, 0, tzinfo=UTC), "Today"),
        (datetime(2026, 2, 11, 4, 59, 59, tzinfo=UTC), "Today"),
        (datetime(2026, 2, 11, 5, 0, tzinfo=UTC), ""),
    ],
)
def test_a_day_is_today_until_its_last_second(at, words):
    assert until_day(date(2026, 2, 10), at, NEW_YORK) == words


def test_hours_are_real_hours_over_a_change_of_clocks():
    closes = datetime(2026, 3, 9, 0, 0, tzinfo=NEW_YORK)  # the night before had 23 hours
    at = datetime(2026, 3, 8, 0, 0, tzinfo=NEW_YORK)
    assert until_instant(closes, at.astimezone(UTC), NEW_YORK) == "In 23 hours"


# What comes next ------------------------------------------------------------------------------------------------------


@pytest.fixture
def course(db):
    forum = make_forum()
    make = forum.milestones.create
    make(kind="report", name="Report", weeks_before=12, resolution="A/RES/73/326", paragraph="14", met_on=date(2026, 2, 1))
    make(kind="hearing", name="Hearing", days_before=1, resolution="A/RES/73/326", paragraph="15")
    make_call(forum, window="open", name="Inputs")
    make_call(forum, window="closed", name="Over")

    def look(at):
        entries = entries_of(forum, milestones=Milestone.objects.filter(forum=forum), calls=forum.calls.all(), at=at)
        found = next_of(entries, at)
        return found and (found.entry.title, found.left)

    return look


def test_the_nearest_thing_that_somebody_waits_for_comes_next(course):
    assert course(NOW) == ("“Inputs” closes", "In 10 days")
    assert course(CLOSES - timedelta(minutes=90)) == ("“Inputs” closes", "In 1 hour")


def test_what_is_met_is_not_waited_for(course):
    assert course(CLOSES) == ("Hearing", "In 94 days")


def test_a_duty_is_waited_for_until_its_day_ends(course):
    assert course(datetime(2026, 5, 5, 3, 59, tzinfo=UTC)) == ("Hearing", "Today")
    assert course(datetime(2026, 5, 5, 4, 0, tzinfo=UTC)) is None  # the forum itself has begun


def test_a_call_that_opens_is_waited_for_and_its_closing_is_not_yet(db):
    forum = make_forum()
    make_call(forum, window="not_yet", name="Later")
    entries = entries_of(forum, milestones=[], calls=forum.calls.all(), at=NOW)
    found = next_of(entries, NOW)
    assert (found.entry.title, found.left) == ("“Later” opens", "In 5 days")
