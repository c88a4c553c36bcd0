"""Programmes for tests: a session, a room, a hall of released sessions."""

from datetime import UTC, date, datetime, time
from itertools import count

from forums import operations
from forums.models import Session
from tests.factories import NOW, make_forum

_numbers = count(1)


def local(forum, day, clock="10:00"):
    """`local(forum, "2026-05-05", "10:00")`: the instant at which clocks in the forum's city show that."""
    wall = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), tzinfo=forum.zone)
    return wall.astimezone(UTC)


def make_room(forum, name="Conference Room 4", **fields):
    return forum.meeting_rooms.create(name=name, **fields)


def make_session(forum=None, *, day="2026-05-05", begins="10:00", ends="13:00", slug=None, **fields):
    """A session planned by the operation that plans; hours are those of the forum's city."""
    forum = forum or make_forum()
    number = next(_numbers)
    session = Session(
        forum=forum,
        slug=slug or f"session-{number}",
        starts_at=local(forum, day, begins),
        ends_at=local(forum, day, ends),
        **{"kind": "other", "title": f"Session {number}", **fields},
    )
    return operations.plan_session(session)


def released(forum, *, by=None, at=NOW, note=""):
    return operations.release_programme(forum, by=by, at=at, note=note)
