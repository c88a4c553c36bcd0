"""The picture of a forum: positions follow time, nothing sticks out, and in Arabic all of it is mirrored."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from forums.drawing import NARROW, WIDE, draw
from forums.drawing.scale import Scale, cut, end_of, start_of, width_of
from forums.entry import Entry
from forums.timeline import due_day, state
from forums.windows import Window

NEW_YORK = ZoneInfo("America/New_York")
FIRST = date(2026, 5, 5)
FORUM = SimpleNamespace(first_day=FIRST, last_day=date(2026, 5, 8), zone=NEW_YORK)
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def duty(weeks, *, met_on=None, at=AT, waived=False, title="Duty", sort=""):
    day = due_day(FIRST, weeks=weeks)
    stands = state(due_on=day, met_on=met_on, waived=waived, at=at, zone=NEW_YORK)
    return Entry(kind="duty", title=title, zone=NEW_YORK, day=day, state=stands, met_on=met_on, sort=sort)


def call(opens, closes, *, former=()):
    window = Window(opens, closes)
    shared = {"kind": "call", "zone": NEW_YORK, "window": window}
    opening = [Entry(title="Call opens", instant=opens, **shared)] if opens else []
    return opening + ([Entry(title="Call closes", instant=closes, former=former, **shared)] if closes else [])


def days():
    return Entry(kind="days", title="The forum meets", zone=NEW_YORK, day=FIRST, last_day=FORUM.last_day)


def drawn(*entries, at=AT, **how):
    return draw([*entries, days()], forum=FORUM, at=at, **how)


def every_x(drawing):
    rows = drawing.rows
    xs = [drawing.day_one, *(tick.x for tick in (*drawing.weeks, *drawing.months))]
    xs += [drawing.today] if drawing.today is not None else []
    xs += [mark.x for row in rows for mark in row.marks] + [x for row in rows for x in row.former]
    return xs + [x for row in rows for bar in row.bars for x in (bar.x, bar.x + bar.width)]


def test_what_is_due_later_stands_further_on():
    drawing = drawn(*(duty(weeks) for weeks in (20, 12, 6, 2, 0)))
    xs = [row.marks[0].x for row in drawing.rows if row.marks]
    assert xs == sorted(set(xs))
    assert [row.y for row in drawing.rows] == sorted({row.y for row in drawing.rows})


def test_time_is_mirrored_where_a_language_runs_from_right_to_left():
    entries = [duty(20), *call(AT - timedelta(days=9), AT + timedelta(days=9)), duty(6)]
    there, back = drawn(*entries), drawn(*entries, mirrored=True)
    assert [WIDE.width - row.marks[0].x for row in back.rows if row.marks] == [
        row.marks[0].x for row in there.rows if row.marks
    ]
    assert WIDE.width - back.today == there.today
    bars = [
        (bar, other)
        for row, mirror in zip(there.rows, back.rows, strict=True)
        for bar, other in zip(row.bars, mirror.bars, strict=True)
    ]
    assert bars
    assert all(abs(WIDE.width - (other.x + other.width) - bar.x) <= 1 for bar, other in bars)
    assert (there.edge, back.edge) == (0, WIDE.width)


@settings(deadline=None, max_examples=300)
@given(
    weeks=st.lists(st.integers(0, 120), min_size=1, max_size=12),
    early=st.integers(-200, 400),
    opens=st.integers(-500, 100),
    lasts=st.integers(1, 400),
    at=st.integers(-1200, 600).map(lambda days: AT + timedelta(days=days, hours=days % 24)),
    sheet=st.sampled_from([WIDE, NARROW]),
    mirrored=st.booleans(),
)
def test_nothing_sticks_out_of_the_sheet(weeks, early, opens, lasts, at, sheet, mirrored):
    due = due_day(FIRST, weeks=weeks[0])
    begins = start_of(FIRST, NEW_YORK) + timedelta(days=opens)
    entries = [duty(each, at=at, sort="Note" if each % 2 else "") for each in weeks]
    entries += [duty(weeks[0], met_on=due - timedelta(days=early), at=at), *call(begins, begins + timedelta(days=lasts))]
    drawing = drawn(*entries, at=at, sheet=sheet, mirrored=mirrored)
    assert [x for x in every_x(drawing) if not 0 <= x <= sheet.width] == []
    assert all(0 < row.y < drawing.foot for row in drawing.rows)
    for row in drawing.rows:
        room = row.label_x if (row.anchor == "end") is not mirrored else sheet.width - row.label_x
        assert width_of(f"{row.label} {row.when}") <= room


def test_a_duty_met_early_shows_by_how_much():
    (row, *_rest) = drawn(duty(12, met_on=date(2025, 12, 14))).rows
    assert row.marks[0].look == "met"
    assert [bar.look for bar in row.bars] == ["early"]
    assert row.marks[0].x == row.bars[0].x  # from the day it was met


@pytest.mark.parametrize(
    ("entry", "look", "line"),
    [
        (duty(12, met_on=date(2026, 2, 12)), "late", ["delay"]),
        (duty(12), "late", ["delay"]),
        (duty(8), "soon", []),
        (duty(2), "ahead", []),
        (duty(12, waived=True), "waived", []),
    ],
)
def test_each_standing_has_a_shape_of_its_own(entry, look, line):
    (row, *_rest) = drawn(entry).rows
    assert ([mark.look for mark in row.marks], [bar.look for bar in row.bars]) == ([look], line)


def test_duties_of_one_kind_and_day_share_a_row_and_stand_side_by_side():
    rows = drawn(*(duty(6, sort="Background note", title=f"Note {n}") for n in range(4))).rows
    assert [row.label for row in rows] == ["Background note (4)", "The forum meets"]
    assert len({mark.x for mark in rows[0].marks}) == 4


def test_a_call_is_one_bar_from_opening_to_closing_with_its_former_closing():
    opens, closes = AT - timedelta(days=20), AT + timedelta(days=20)
    rows = drawn(*call(opens, closes, former=(AT + timedelta(days=5),))).rows
    assert [[bar.look for bar in row.bars] for row in rows] == [["open"], ["meeting"]]
    (bar,) = rows[0].bars
    assert bar.x < rows[0].former[0] < bar.x + bar.width


@pytest.mark.parametrize(
    ("at", "look"),
    [(AT - timedelta(days=21), "not_yet"), (AT, "open"), (AT + timedelta(days=20), "closed")],
)
def test_a_bar_says_the_phase_of_its_call(at, look):
    rows = drawn(*call(AT - timedelta(days=20), AT + timedelta(days=20)), at=at).rows
    assert rows[0].bars[0].look == look


def test_a_call_without_a_closing_runs_to_the_end():
    rows = drawn(duty(12), *call(AT, None)).rows
    bar = next(bar for row in rows for bar in row.bars if bar.look == "open")
    assert bar.x + bar.width == WIDE.width - WIDE.margin


def test_weeks_are_counted_back_from_day_one():
    drawing = drawn(duty(12))
    assert [tick.label for tick in drawing.weeks] == [str(week) for week in range(13)]
    assert drawing.weeks[0].x == drawing.day_one


def test_a_long_course_counts_fewer_weeks():
    assert [tick.label for tick in drawn(duty(60)).weeks][:3] == ["0", "4", "8"]
    assert [tick.label for tick in drawn(duty(30), sheet=NARROW).weeks][:3] == ["0", "4", "8"]


def test_today_is_marked_only_while_the_course_runs():
    entries = [duty(12)]
    begins, ends = start_of(due_day(FIRST, weeks=12), NEW_YORK), end_of(FORUM.last_day, NEW_YORK)
    moments = [begins - timedelta(seconds=1), begins, ends, ends + timedelta(seconds=1)]
    seen = [drawn(*entries, at=at).today for at in moments]
    assert seen == [None, WIDE.margin, WIDE.width - WIDE.margin, None]


def test_an_hour_that_the_clock_shows_twice_still_runs_forwards():
    begins, ends = start_of(date(2026, 10, 31), NEW_YORK), end_of(date(2026, 11, 2), NEW_YORK)
    scale = Scale(begins, ends, NEW_YORK, WIDE)
    hours = [datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=hour) for hour in range(24)]
    xs = [scale.x(hour.astimezone(NEW_YORK)) for hour in hours]
    assert xs == sorted(set(xs))


def test_a_forum_without_days_is_not_drawn():
    undated = SimpleNamespace(first_day=None, last_day=None, zone=NEW_YORK)
    assert draw([duty(12)], forum=undated, at=AT) is None


def test_a_label_that_finds_no_room_is_cut():
    assert cut("A short one", 200) == "A short one"
    assert width_of(cut("A name that goes on for ever and ever, " * 4, 200)) <= 200
    assert cut("A name that goes on for ever", 100).endswith("…")


def test_months_speak_the_language_of_the_reader():
    with override("ar"):
        assert drawn(duty(12), mirrored=True).months[0].label == "مارس"
