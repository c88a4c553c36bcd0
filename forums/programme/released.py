"""The programme as the public reads it: the sessions of a release as typed objects, read from what the release keeps.

Pages, calendar files and feeds ask `released_sessions(forum)` and nothing else, so that no draft is ever seen.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.translation import get_language

from forums.citing import paragraph_in_words
from forums.models import Session, Slot

FORMAT, COMPACT = "A/RES/73/326", "A/RES/73/195"
# Where a resolution speaks of a session of this kind.
BASES = {
    "hearing": (FORMAT, "15"),
    "opening": (FORMAT, "15"),
    "round_table": (FORMAT, "22"),
    "policy_debate": (FORMAT, "23"),
    "closing": (COMPACT, "49"),
}


@dataclass(frozen=True)
class Words:
    """A text in up to six languages, said in the reader's; in English where theirs has none."""

    by_language: dict

    @property
    def language(self) -> str:
        """The language in which it is said here."""
        order = (get_language(), settings.MODELTRANSLATION_DEFAULT_LANGUAGE, *self.by_language)
        return next((language for language in order if self.by_language.get(language)), "")

    def __str__(self):
        return self.by_language.get(self.language, "")

    def __bool__(self):
        return any(self.by_language.values())

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in str(self).splitlines() if line.strip()]


@dataclass(frozen=True)
class ReleasedRoom:
    name: Words
    access: Words


@dataclass(frozen=True)
class ReleasedSlot:
    role: str
    name: str
    body: str
    minutes: int | None

    @property
    def role_in_words(self) -> str:
        return str(dict(Slot.Role.choices).get(self.role, self.role))


@dataclass(frozen=True)
class ReleasedSession:
    """One session as it was released. `sequence` counts its changes, as calendar programs ask."""

    forum: object
    pk: int
    slug: str
    kind: str
    title: Words
    description: Words
    starts_at: datetime
    ends_at: datetime
    room: ReleasedRoom | None
    link: str
    interpretation: tuple[str, ...]
    round_table: int | None
    chairs: Words
    facilitator: Words
    slots: tuple[ReleasedSlot, ...]
    cancelled_at: datetime | None
    cancelled_because: str
    sequence: int
    released_at: datetime

    def get_absolute_url(self):
        return reverse("forums:session", args=[self.forum.slug, self.slug])

    @property
    def day(self) -> date:
        """The day on which it begins, in the forum's zone."""
        return self.starts_at.astimezone(self.forum.zone).date()

    @property
    def kind_in_words(self) -> str:
        return str(dict(Session.Kind.choices).get(self.kind, self.kind))

    @property
    def basis(self) -> str:
        return paragraph_in_words(*BASES[self.kind]) if self.kind in BASES else ""

    @property
    def languages(self) -> list[str]:
        """The languages of interpretation in the reader's words, in the order of the United Nations."""
        return [str(word) for code, word in settings.LANGUAGES if code in self.interpretation]


def latest_release(forum):
    """What the public reads now; None while nothing was released."""
    return forum.releases.order_by("-number").first()


def released_sessions(forum) -> list[ReleasedSession]:
    """The sessions of the latest release, cancelled ones too, in their order; empty while nothing was released."""
    release = latest_release(forum)
    return sessions_of(release, forum) if release else []


@dataclass(frozen=True)
class Outline:
    """When a released session is held: all that a page needs to know of those that it does not show."""

    forum: object
    place: int  # in the release, from 1
    slug: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool

    day = ReleasedSession.day


OUTLINES = """
    SELECT place, one->>'slug', one->>'kind', (one->>'starts_at')::timestamptz, (one->>'ends_at')::timestamptz,
        one->'cancelled' <> 'null'
    FROM forums_release, jsonb_array_elements(sessions) WITH ORDINALITY AS kept (one, place)
    WHERE forums_release.id = %s ORDER BY place
"""
SOME = """
    SELECT one FROM forums_release, jsonb_array_elements(sessions) WITH ORDINALITY AS kept (one, place)
    WHERE forums_release.id = %s AND place = ANY (%s) ORDER BY place
"""


def outlines_of(release, forum) -> list[Outline]:
    """All sessions of a release in short, in their order: a long programme is read a day at a time."""
    with connection.cursor() as cursor:
        cursor.execute(OUTLINES, [release.pk])
        return [Outline(forum, *row) for row in cursor.fetchall()]


def sessions_at(release, forum, outlines) -> list[ReleasedSession]:
    """These sessions of a release and no others; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(SOME, [release.pk, [one.place for one in outlines]])
        kept = [json.loads(one) if isinstance(one, str) else one for (one,) in cursor.fetchall()]
    return [_session(one, forum, release.released_at) for one in kept]


def sessions_of(release, forum) -> list[ReleasedSession]:
    return [_session(kept, forum, release.released_at) for kept in release.sessions]


def _session(kept, forum, released_at) -> ReleasedSession:
    room, cancelled = kept["room"], kept["cancelled"]
    return ReleasedSession(
        forum=forum,
        pk=kept["id"],
        slug=kept["slug"],
        kind=kept["kind"],
        title=Words(kept["title"]),
        description=Words(kept["description"]),
        starts_at=datetime.fromisoformat(kept["starts_at"]),
        ends_at=datetime.fromisoformat(kept["ends_at"]),
        room=room and ReleasedRoom(Words(room["name"]), Words(room["access"])),
        link=kept["link"],
        interpretation=tuple(kept["interpretation"]),
        round_table=kept["round_table"],
        chairs=Words(kept["chairs"]),
        facilitator=Words(kept["facilitator"]),
        slots=tuple(ReleasedSlot(**slot) for slot in kept["slots"]),
        cancelled_at=datetime.fromisoformat(cancelled["at"]) if cancelled else None,
        cancelled_because=cancelled["because"] if cancelled else "",
        sequence=kept["sequence"],
        released_at=released_at,
    )
