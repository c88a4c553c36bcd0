"""A session as a release keeps it: plain JSON, which no later change of the session touches."""

from datetime import UTC

from forums.models import Session
from forums.reading import in_six_languages as in_six


def drafts_of(forum):
    """The sessions as the desk has them now, with all that a release keeps, in their order."""
    sessions = Session.objects.filter(forum=forum).select_related("room", "round_table").prefetch_related("slots")
    return sessions.order_by("starts_at", "ends_at", "pk")


def snapshot_of(session) -> dict:
    return {
        "id": session.pk,
        "slug": session.slug,
        "kind": session.kind,
        "title": in_six(session, "title"),
        "description": in_six(session, "description"),
        "starts_at": _instant(session.starts_at),
        "ends_at": _instant(session.ends_at),
        "room": _room(session.room) if session.room else None,
        "link": session.link,
        "interpretation": sorted(session.interpretation),
        "round_table": session.round_table.number if session.round_table else None,
        "chairs": in_six(session, "chairs"),
        "facilitator": in_six(session, "facilitator"),
        "slots": [_slot(slot) for slot in session.slots.all()],
        "cancelled": _cancelled(session) if session.cancelled_at else None,
        "sequence": session.sequence,
    }


def _instant(moment) -> str:
    return moment.astimezone(UTC).isoformat()


def _room(room) -> dict:
    return {"id": room.pk, "name": in_six(room, "name"), "access": in_six(room, "access")}


def _slot(slot) -> dict:
    return {"role": slot.role, "name": slot.name, "body": slot.body, "minutes": slot.minutes}


def _cancelled(session) -> dict:
    return {"at": _instant(session.cancelled_at), "because": session.cancelled_because}
