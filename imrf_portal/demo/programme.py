"""The programme of the demonstration: the standard one with invented rooms, co-chairs and side events, released twice."""

from datetime import datetime, time, timedelta

from forums import operations
from forums.models import Change, Session
from imrf_portal.demo.reading import programme

FIRST_RELEASE, SECOND_RELEASE = timedelta(days=9), timedelta(days=2)  # so long before the seeding
ALL = ["ar", "en", "es", "fr", "ru", "zh-hans"]


def lay_out(forum, *, by, at):
    """Plan, release, change a little, release again; nobody is told of it."""
    plan = programme()
    rooms = {
        key: forum.meeting_rooms.create(seats=room["seats"], **_six("name", room["name"]), **_six("access", room["access"]))
        for key, room in plan["rooms"].items()
    }
    for session in operations.lay_out_programme(forum):
        session.room, session.interpretation = rooms["hall"], ALL
        session.link = f"https://webtv.example/demo/{session.slug}"
        operations.plan_session(session)
    _give_names(forum, plan["slots"])
    _name_chairs(forum, plan["co_chairs"], plan["states"])
    for slug, event in plan["side_events"].items():
        _plan_side_event(forum, slug, event, rooms)
    operations.release_programme(forum, by=by, at=at - FIRST_RELEASE)
    _change(forum, plan, rooms, at - SECOND_RELEASE)
    operations.release_programme(forum, by=by, at=at - SECOND_RELEASE, note=plan["second_release"]["note"])
    Change.objects.filter(forum=forum, kind=Change.Kind.PROGRAMME, announced_at=None).update(announced_at=at)


def _change(forum, plan, rooms, at):
    """What the second release brings: a cancellation, another room, the last co-chairs, a later end."""
    second = plan["second_release"]
    _name_chairs(forum, second["co_chairs"], plan["states"])
    for slug, key in second["room"].items():
        session = forum.sessions.get(slug=slug)
        session.room = rooms[key]
        operations.plan_session(session)
    for slug, minutes in second["later"].items():
        session = forum.sessions.get(slug=slug)
        session.ends_at += timedelta(minutes=minutes)
        operations.plan_session(session)
    for slug, event in plan["side_events"].items():
        if reason := event.get("cancelled"):
            operations.cancel_session(forum.sessions.get(slug=slug), reason=reason, at=at)


def _plan_side_event(forum, slug, event, rooms):
    day = forum.first_day + timedelta(days=event["day"] - 1)
    begins, ends = (datetime.combine(day, time.fromisoformat(event[end]), tzinfo=forum.zone) for end in ("from", "until"))
    operations.plan_session(
        Session(
            forum=forum,
            slug=slug,
            kind=Session.Kind.SIDE_EVENT,
            **_six("title", event["title"]),
            **_six("description", event["description"]),
            starts_at=begins,
            ends_at=ends,
            room=rooms[event["room"]],
            interpretation=event["interpretation"],
        )
    )


def _name_chairs(forum, chairs, states):
    """Co-chairs are Member States; these are invented ones."""
    for slug, keys in chairs.items():
        session = forum.sessions.get(slug=slug)
        for language in states[keys[0]]:
            setattr(session, f"chairs_{language}", "\n".join(states[key][language] for key in keys))
        operations.plan_session(session)


def _give_names(forum, names):
    for role, (name, body) in names.items():
        forum.sessions.get(slug="opening").slots.filter(role=role).update(name=name, body=body, minutes=5)


def _six(column, words) -> dict:
    return {f"{column}_{language}": text for language, text in words.items()}
