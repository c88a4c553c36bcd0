"""Releasing the programme: what the desk has planned becomes what the public reads, with what changed since."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from forums.models import Forum, Release, Session
from forums.operations.changing import note_change
from forums.programme.differences import differences
from forums.programme.released import latest_release
from forums.programme.rules import objections
from forums.programme.snapshot import drafts_of, snapshot_of
from forums.refusals import Refused

# What a calendar program shows of a session: another one of these is another edition of its entry.
SHOWN_IN_CALENDARS = ("starts_at", "ends_at", "room", "link", "title", "cancelled")


@dataclass(frozen=True)
class Coming:
    """The release as it would be now."""

    before: Release | None
    sessions: list
    changes: list

    @property
    def number(self) -> int:
        return self.before.number + 1 if self.before else 1


def coming_release(forum) -> Coming:
    """What a release would hold and change at this moment; writes nothing.

    A session that was cancelled before anybody read of it is left out. The first release has no changes to list.
    """
    before = latest_release(forum)
    known = {kept["id"] for kept in before.sessions} if before else set()
    sessions = [kept for kept in map(snapshot_of, drafts_of(forum)) if not kept["cancelled"] or kept["id"] in known]
    return Coming(before, sessions, differences(before.sessions, sessions) if before else [])


@transaction.atomic
def release_programme(forum, *, by, at, note="") -> Release:
    """Show the public the programme as it is planned now, under the next number; followers are told by a sweep."""
    kept = Forum.objects.select_for_update().get(pk=forum.pk)
    coming = coming_release(kept)
    _refuse_if_nothing_new(coming)
    _refuse_if_a_session_cannot_be(kept)
    release = Release.objects.create(
        forum=kept,
        number=coming.number,
        sessions=_counted(coming),
        changes=coming.changes,
        note=note.strip(),
        released_at=at,
        released_by=by,
    )
    note_change(kept, "programme", at=at, number=release.number, changes=release.changes, note=release.note)
    return release


def _refuse_if_nothing_new(coming):
    if not coming.sessions:
        raise Refused(_("No session is planned yet. Lay out the standard programme or plan a session, then release."))
    if coming.before and not coming.changes:
        raise Refused(
            _("Nothing has changed since release %(number)d, so there is nothing to release.")
            % {"number": coming.before.number}
        )


def _refuse_if_a_session_cannot_be(forum):
    """Sessions may have been right when they were planned and be wrong since: the forum moved, a round table left."""
    for session in drafts_of(forum).filter(cancelled_at__isnull=True):
        if against := objections(session, forum):
            raise Refused(
                _("“%(session)s” cannot be released as it stands. %(why)s") % {"session": session, "why": against[0][1]}
            )


def _counted(coming):
    """The sessions with their counts: none that changed for calendars keeps the count under which it was read before."""
    former = {kept["id"]: kept for kept in coming.before.sessions} if coming.before else {}
    for kept in coming.sessions:
        was = former.get(kept["id"])
        if was is None or kept["sequence"] > was["sequence"]:
            continue
        changed = any(kept[name] != was[name] for name in SHOWN_IN_CALENDARS)
        kept["sequence"] = was["sequence"] + changed
        if changed:
            Session.objects.filter(pk=kept["id"]).update(sequence=kept["sequence"])
    return coming.sessions
