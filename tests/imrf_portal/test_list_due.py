"""Every coming instant, exact to the second: a table written with the clock of another program (GNU date and its zones)."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from forums.zoned_fields import instant_of
from imrf_portal.coming import coming
from tests.factories import NOW, make_call, make_draft, make_forum, make_user

# zone, first day of the forum, which instant of a duty, days before the first day, in UTC
INSTANTS = [
    ("America/New_York", "2026-05-05", "overdue", 84, "2026-02-11T05:00:00Z"),
    ("America/New_York", "2026-05-05", "overdue", 42, "2026-03-25T04:00:00Z"),
    ("America/New_York", "2026-05-05", "overdue", 1, "2026-05-05T04:00:00Z"),
    ("America/New_York", "2022-05-17", "overdue", 84, "2022-02-23T05:00:00Z"),
    ("America/New_York", "2022-05-17", "overdue", 42, "2022-04-06T04:00:00Z"),
    ("America/New_York", "2022-05-17", "overdue", 1, "2022-05-17T04:00:00Z"),
    ("America/New_York", "2022-05-10", "overdue", 84, "2022-02-16T05:00:00Z"),
    ("Europe/Zurich", "2026-04-14", "overdue", 84, "2026-01-20T23:00:00Z"),
    ("Europe/Zurich", "2026-04-14", "overdue", 42, "2026-03-03T23:00:00Z"),
    ("Europe/Zurich", "2026-04-14", "overdue", 1, "2026-04-13T22:00:00Z"),
    ("Asia/Kathmandu", "2028-05-23", "overdue", 84, "2028-02-29T18:15:00Z"),  # a leap day
    ("Asia/Kathmandu", "2028-05-23", "overdue", 42, "2028-04-11T18:15:00Z"),
    ("Asia/Kathmandu", "2028-05-23", "overdue", 1, "2028-05-22T18:15:00Z"),
    ("Pacific/Apia", "2030-05-14", "overdue", 84, "2030-02-19T11:00:00Z"),
    ("Pacific/Apia", "2030-05-14", "overdue", 42, "2030-04-02T11:00:00Z"),
    ("Pacific/Apia", "2030-05-14", "overdue", 1, "2030-05-13T11:00:00Z"),
    ("Africa/Cairo", "2027-06-10", "overdue", 84, "2027-03-18T22:00:00Z"),
    ("Africa/Cairo", "2027-06-10", "overdue", 42, "2027-04-29T22:00:00Z"),  # the next day begins at one o'clock
    ("Africa/Cairo", "2027-06-10", "overdue", 1, "2027-06-09T21:00:00Z"),
    ("Asia/Beirut", "2027-05-08", "overdue", 42, "2027-03-27T22:00:00Z"),  # here too
    ("Asia/Beirut", "2027-05-09", "overdue", 84, "2027-02-14T22:00:00Z"),
    ("Asia/Beirut", "2027-05-09", "overdue", 42, "2027-03-28T21:00:00Z"),
    ("Asia/Beirut", "2027-05-09", "overdue", 1, "2027-05-08T21:00:00Z"),
    ("America/New_York", "2026-05-05", "notice", 112, "2026-01-13T14:00:00Z"),
    ("America/New_York", "2026-05-05", "notice", 98, "2026-01-27T14:00:00Z"),
    ("America/New_York", "2026-05-05", "notice", 91, "2026-02-03T14:00:00Z"),
    ("America/New_York", "2026-05-05", "notice", 86, "2026-02-08T14:00:00Z"),
    ("America/New_York", "2026-05-05", "notice", 84, "2026-02-10T14:00:00Z"),
    ("America/New_York", "2026-05-05", "notice", 70, "2026-02-24T14:00:00Z"),
    ("America/New_York", "2026-05-05", "notice", 56, "2026-03-10T13:00:00Z"),  # clocks went forward on 8 March
    ("America/New_York", "2026-05-05", "notice", 49, "2026-03-17T13:00:00Z"),
    ("America/New_York", "2026-05-05", "notice", 44, "2026-03-22T13:00:00Z"),
    ("America/New_York", "2026-05-05", "notice", 42, "2026-03-24T13:00:00Z"),
    ("Europe/Zurich", "2026-05-05", "notice", 37, "2026-03-29T07:00:00Z"),  # the day on which clocks go forward
    ("Europe/Zurich", "2026-04-14", "notice", 70, "2026-02-03T08:00:00Z"),
    ("Europe/Zurich", "2026-04-14", "notice", 56, "2026-02-17T08:00:00Z"),
    ("Europe/Zurich", "2026-04-14", "notice", 49, "2026-02-24T08:00:00Z"),
    ("Europe/Zurich", "2026-04-14", "notice", 42, "2026-03-03T08:00:00Z"),
    ("Asia/Kathmandu", "2028-05-23", "notice", 112, "2028-02-01T03:15:00Z"),
    ("Asia/Kathmandu", "2028-05-23", "notice", 84, "2028-02-29T03:15:00Z"),
    ("Asia/Kathmandu", "2028-05-23", "notice", 42, "2028-04-11T03:15:00Z"),
    ("Pacific/Apia", "2030-05-14", "notice", 112, "2030-01-21T20:00:00Z"),
    ("Pacific/Apia", "2030-05-14", "notice", 84, "2030-02-18T20:00:00Z"),
    ("Pacific/Apia", "2030-05-14", "notice", 42, "2030-04-01T20:00:00Z"),
    ("America/New_York", "2034-11-14", "notice", 29, "2034-10-16T13:00:00Z"),
    ("America/New_York", "2034-11-14", "notice", 15, "2034-10-30T13:00:00Z"),
    ("America/New_York", "2034-11-14", "notice", 8, "2034-11-06T14:00:00Z"),  # clocks went back on 5 November
    ("America/New_York", "2034-11-14", "notice", 1, "2034-11-13T14:00:00Z"),
]
# zone, as typed on the wall of its city, in UTC; None where clocks skip that hour
CLOSINGS = [
    ("America/New_York", "2026-01-30T17:00:00", "2026-01-30T22:00:00Z"),
    ("America/New_York", "2026-03-08T01:59:59", "2026-03-08T06:59:59Z"),
    ("America/New_York", "2026-03-08T02:30:00", None),
    ("America/New_York", "2026-03-08T03:00:00", "2026-03-08T07:00:00Z"),
    ("America/New_York", "2026-11-01T01:30:00", "2026-11-01T05:30:00Z"),  # shown twice: the first
    ("America/New_York", "2028-02-29T23:59:59", "2028-03-01T04:59:59Z"),
    ("Europe/Zurich", "2026-03-29T02:30:00", None),
    ("Europe/Zurich", "2026-10-25T02:30:00", "2026-10-25T00:30:00Z"),
    ("Asia/Kathmandu", "2026-06-30T17:00:00", "2026-06-30T11:15:00Z"),
    ("Pacific/Apia", "2026-01-01T00:00:00", "2025-12-31T11:00:00Z"),
    ("Pacific/Apia", "2011-12-30T12:00:00", None),  # a day that Samoa never had
    ("Africa/Cairo", "2027-04-30T00:30:00", None),
]


def in_utc(due):
    return due.at.astimezone(UTC).isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(("zone", "first_day", "what", "days", "expected"), INSTANTS)
def test_the_instants_of_duties(db, zone, first_day, what, days, expected):
    first = date.fromisoformat(first_day)
    forum = make_forum("x", time_zone=zone, first_day=first, last_day=first, desk_email="desk@example.org")
    # A notice at so many days before the first day is the one on the day of a duty counted so.
    forum.milestones.create(kind="other", name="Duty", days_before=days)
    long_before = datetime.combine(first, datetime.min.time(), tzinfo=UTC) - timedelta(days=400)
    found = {(due.kind, due.what): due for due in coming(long_before)}
    key = ("milestone", "Duty") if what == "overdue" else ("milestone notice", "Duty (0 d before)")
    assert in_utc(found[key]) == expected
    assert found[key].at.utcoffset() == found[key].at.astimezone(ZoneInfo(zone)).utcoffset()


@pytest.mark.parametrize(("zone", "typed", "expected"), CLOSINGS)
def test_the_instants_of_closings(db, zone, typed, expected):
    wall = datetime.fromisoformat(typed)
    if expected is None:
        with pytest.raises(ValidationError):
            instant_of(wall, ZoneInfo(zone))
        return
    forum = make_forum("x", time_zone=zone)
    closes_at = instant_of(wall, ZoneInfo(zone))
    forum.calls.create(slug="call", name="Call", opens_at=closes_at - timedelta(days=30), closes_at=closes_at)
    (closing,) = [due for due in coming(closes_at - timedelta(days=1)) if due.kind == "call closes"]
    assert (in_utc(closing), closing.at.replace(tzinfo=None)) == (expected, wall)


def test_the_report_and_the_notes_of_2026_by_calendar(db):
    forum = make_forum(desk_email="desk@example.org")
    forum.milestones.create(kind="report", name="Report", weeks_before=12)
    forum.milestones.create(kind="note", name="Note", weeks_before=6, round_table=forum.round_tables.first())
    days = {due.what: due.day for due in coming(datetime(2025, 12, 1, tzinfo=UTC)) if due.kind == "milestone"}
    assert days == {"Report": date(2026, 2, 10), "Note": date(2026, 3, 24)}


def test_control_hours_subtracted_in_utc_give_another_day():
    begins = datetime(2026, 5, 5, tzinfo=ZoneInfo("America/New_York"))
    assert (begins.astimezone(UTC) - timedelta(days=84)).astimezone(begins.tzinfo).date() == date(2026, 2, 9)


def test_each_line_says_kind_forum_instant_and_how_many_are_told(db):
    forum = make_forum(time_zone="Asia/Kathmandu", first_day=date(2090, 5, 5), last_day=date(2090, 5, 8))
    forum.managers.add(make_user("mina", staff=True), make_user("noor", staff=True))
    forum.milestones.create(kind="report", name="Report", weeks_before=12, responsible=make_user("petra", staff=True))
    said = StringIO()
    call_command("list_due", "--json", stdout=said)
    lines = json.loads(said.getvalue())
    assert {
        "due": "2090-01-13T09:00:00+05:45",
        "kind": "milestone notice",
        "forum": "2026",
        "what": "Report (28 d before)",
        "recipients": 1,
    } in lines
    overdue = {"kind": "milestone", "what": "Report", "recipients": 3, "day": "2090-02-10"}
    assert {"due": "2090-02-11T00:00:00+05:45", "forum": "2026", **overdue} in lines
    assert lines == sorted(lines, key=lambda line: datetime.fromisoformat(line["due"]))


def test_it_asks_the_same_with_1_and_with_10_drafts(db, count_statements):
    call = make_call(window="open")
    make_draft(call=call)
    few = count_statements(lambda: coming(NOW))
    for _ in range(9):
        make_draft(call=call)
    assert count_statements(lambda: coming(NOW)) == few
    assert {due.recipients for due in coming(NOW) if due.kind == "draft reminder"} == {10}
