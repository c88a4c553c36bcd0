from datetime import UTC, date, datetime, timedelta

import pytest

from forums.calendar import entries_of, of_review, rule_in_words
from forums.models import Milestone, RegionalReview
from tests.factories import CLOSES, NOW, make_call, make_forum

pytestmark = pytest.mark.django_db


def entries(forum, at=NOW):
    milestones, calls = Milestone.objects.filter(forum=forum), forum.calls.all()
    return entries_of(forum, milestones=milestones, calls=calls, at=at)


@pytest.fixture
def duties(forum):
    make = forum.milestones.create
    make(kind="report", name="Report", weeks_before=12, resolution="A/RES/73/326", paragraph="14", met_on=date(2026, 2, 4))
    make(
        kind="note",
        name="Note 1",
        weeks_before=6,
        resolution="A/RES/73/326",
        paragraph="22",
        round_table=forum.round_tables.get(number=1),
    )
    make(kind="hearing", name="Hearing", days_before=1, resolution="A/RES/73/326", paragraph="15")
    make(kind="declaration", name="Declaration", on_last_day=True, resolution="A/RES/73/326", paragraph="49")
    return forum


def test_the_course_of_a_forum_is_in_order_of_time(duties):
    make_call(duties, window="open", name="Inputs")
    assert [(entry.title, entry.day or entry.instant) for entry in entries(duties)] == [
        ("“Inputs” opens", NOW - timedelta(days=30)),
        ("“Inputs” closes", CLOSES),
        ("Report", date(2026, 2, 10)),
        ("Note 1", date(2026, 3, 24)),
        ("Hearing", date(2026, 5, 4)),
        ("The forum meets", date(2026, 5, 5)),
        ("Declaration", date(2026, 5, 8)),
    ]


def test_a_duty_tells_its_rule_its_paragraph_and_how_early_it_was_met(duties):
    report = next(entry for entry in entries(duties) if entry.title == "Report")
    assert (report.rule, report.basis) == (
        "at least 12 weeks before the first day of the forum",
        "A/RES/73/326, paragraph 14",
    )
    assert (report.state.standing.value, report.state.days, report.days_ahead) == ("met", 6, 90)


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"weeks_before": 1}, "at least 1 week before the first day of the forum"),
        ({"days_before": 1}, "1 day before the first day of the forum"),
        ({"days_before": 3}, "3 days before the first day of the forum"),
        ({"on_last_day": True}, "on the last day of the forum"),
        ({}, ""),
    ],
)
def test_a_rule_is_said_in_words(columns, rule):
    assert rule_in_words(Milestone(**columns)) == rule


@pytest.mark.parametrize(
    ("at", "word", "tone"),
    [
        (CLOSES - timedelta(days=10), "Open, closes in 10 days", "now"),
        (CLOSES - timedelta(days=7), "Open, closes in 7 days", "wait"),
        (CLOSES - timedelta(hours=1), "Open, closes today", "wait"),
        (CLOSES, "Closed", "plain"),
    ],
)
def test_a_closing_says_whether_the_call_is_open(forum, at, word, tone):
    call = make_call(forum, window="open")
    closing = next(entry for entry in entries(forum, at) if entry.instant == CLOSES)
    assert (closing.word, closing.tone, closing.call) == (word, tone, call if "Open" in word else None)


def test_the_way_in_is_shown_only_where_inputs_are_taken(forum):
    make_call(forum, window="open", purpose="accreditation")
    make_call(forum, window="open", recorded_by_desk_only=True)
    make_call(forum, window="not_yet")
    assert [entry.call for entry in entries(forum)] == [None] * len(entries(forum))


@pytest.mark.parametrize(
    ("at", "word"),
    [
        (datetime(2026, 5, 4, 12, tzinfo=UTC), "In 1 day"),
        (datetime(2026, 5, 5, 3, 59, tzinfo=UTC), "In 1 day"),  # still the fourth in New York
        (datetime(2026, 5, 5, 4, 0, tzinfo=UTC), "Under way"),
        (datetime(2026, 5, 9, 3, 59, tzinfo=UTC), "Under way"),
        (datetime(2026, 5, 9, 4, 0, tzinfo=UTC), "Held"),
    ],
)
def test_the_days_of_the_forum_follow_its_own_zone(forum, at, word):
    assert entries(forum, at)[-1].word == word


def test_a_forum_without_dates_has_duties_without_days():
    forum = make_forum("2030", year=2030, name="Third", first_day=None, last_day=None, status="announced")
    forum.milestones.create(kind="report", name="Report", weeks_before=12, resolution="A/RES/73/326", paragraph="14")
    (report,) = entries(forum)
    assert (report.moment, report.state.standing.value) == (None, "undated")


def test_a_regional_review_is_held_once_its_last_day_is_over():
    review = RegionalReview(name="Review", region="Africa", place="Addis Ababa", first_day=date(2026, 1, 19))
    zone = make_forum().zone
    assert of_review(review, zone, datetime(2026, 1, 20, 4, 59, tzinfo=UTC)).word == ""
    assert of_review(review, zone, datetime(2026, 1, 20, 5, 0, tzinfo=UTC)).word == "Held"
