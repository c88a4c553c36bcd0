"""Letters that name the closing of a call: their keys say which call and which closing, so outdated ones are found. Pure."""

from datetime import UTC, datetime


def prefix_of_all(call_pk: int | None) -> str:
    """How the keys of all letters begin that name a closing of this call; of any call without one."""
    return f"closing:{call_pk}:" if call_pk else "closing:"


def prefix_of(call_pk: int, closes_at: datetime | None) -> str:
    """How the keys of those begin that name this one."""
    instant = f"{closes_at.astimezone(UTC):%Y%m%dT%H%M%S}" if closes_at else "-"
    return f"{prefix_of_all(call_pk)}{instant}:"


def reminder(call, draft_pk, days: int, person_pk: int) -> str:
    return f"{prefix_of(call.pk, call.closes_at)}reminder:{draft_pk}:{days}:{person_pk}"


def correction(extension, person_pk: int) -> str:
    return f"{prefix_of(extension.call_id, extension.became)}moved:{extension.pk}:{person_pk}"


def co_sponsor_reminder(call, row_pk: int, days: int, person_pk: int) -> str:
    return f"{prefix_of(call.pk, call.closes_at)}joint:{row_pk}:{days}:{person_pk}"


def call_of(key: str) -> int:
    return int(key.split(":")[1])


def person_of(key: str) -> int:
    """The number of the person to whom the letter with this key was written."""
    return int(key.rpartition(":")[2])


def extension_of(key: str) -> int | None:
    """The number of the extension that the letter tells of; None for a reminder."""
    _closing, _call, _instant, what, *rest = key.split(":")
    return int(rest[0]) if what == "moved" else None


def draft_of(key: str) -> str | None:
    """The number of the draft that the letter reminds of; None for a correction."""
    _closing, _call, _instant, what, *rest = key.split(":")
    return rest[0] if what == "reminder" else None
