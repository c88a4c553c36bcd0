"""The public rows that calendar files are made of: the same number of statements for one forum and for all of them."""

from functools import reduce
from operator import or_

from django.db.models import OuterRef, Prefetch, Q, Subquery

from forums.ics.entries import entries_of_call, entry_of_days, entry_of_milestone, entry_of_review, entry_of_session
from forums.models import Call, Change, Forum, Milestone, RegionalReview, Release
from forums.programme.released import sessions_of


def entries_of_everything() -> list:
    reviews = RegionalReview.objects.filter(first_day__isnull=False)
    return entries_of(Forum.objects.all()) + [entry_of_review(review) for review in reviews]


def entries_of(forums) -> list:
    """Everything public of these forums that has a date, in words of the active language."""
    forums = list(with_their_dates(forums))
    entries = [entry for forum in forums for entry in _of_forum(forum)]
    return entries + _left_out(forums)


def entry_of_released(forum, slug):
    """One session by its address, or None; one that a later release left out is known by its last address."""
    (forum,) = with_their_dates(Forum.objects.filter(pk=forum.pk))
    sessions = [(session, None) for session in _sessions(forum)] + _withdrawn([forum])
    found = next(((session, gone) for session, gone in sessions if session.slug == slug), None)
    return found and entry_of_session(found[0], withdrawn_at=found[1])


def with_their_dates(forums):
    calls = Call.objects.filter(recorded_by_desk_only=False).select_related("forum").prefetch_related("extensions")
    releases = Release.objects.order_by("forum_id", "-number").distinct("forum_id")
    latest = Change.objects.filter(forum=OuterRef("pk")).order_by("-at").values("at")[:1]
    return forums.annotate(changed_at=Subquery(latest)).prefetch_related(
        Prefetch("milestones", Milestone.objects.all(), to_attr="its_milestones"),
        Prefetch("calls", calls, to_attr="its_calls"),
        Prefetch("releases", releases, to_attr="its_release"),
    )


def _of_forum(forum):
    entries = [entry_of_days(forum, changed_at=forum.changed_at)]
    entries += [entry_of_milestone(each, forum, changed_at=forum.changed_at) for each in forum.its_milestones]
    for call in forum.its_calls:
        entries += entries_of_call(call, forum, changed_at=forum.changed_at)
    entries += [entry_of_session(session) for session in _sessions(forum)]
    return [entry for entry in entries if entry]


def _sessions(forum):
    return [session for release in forum.its_release for session in sessions_of(release, forum)]


def _left_out(forums):
    return [entry_of_session(session, withdrawn_at=gone_at) for session, gone_at in _withdrawn(forums)]


def _withdrawn(forums):
    """Sessions that a release left out, as they last stood, and when: calendars that hold them must hear of it."""
    by_pk = {forum.pk: forum for forum in forums}
    removing = list(Release.objects.filter(forum__in=by_pk, changes__contains=[{"kind": "removed"}]).defer("sessions"))
    if not removing:
        return []
    those_before = reduce(or_, (Q(forum=each.forum_id, number=each.number - 1) for each in removing))
    gone_at = {(each.forum_id, each.number - 1): each.released_at for each in removing}
    there = {(forum.pk, session.pk) for forum in forums for session in _sessions(forum)}
    gone = {}
    for release in Release.objects.filter(those_before).order_by("forum_id", "number"):
        slugs = _removed_by(removing, release)
        for session in sessions_of(release, by_pk[release.forum_id]):
            if session.slug in slugs and (release.forum_id, session.pk) not in there:
                gone[session.pk] = (session, gone_at[release.forum_id, release.number])
    return list(gone.values())


def _removed_by(removing, before):
    return {
        change["session"]
        for release in removing
        if (release.forum_id, release.number) == (before.forum_id, before.number + 1)
        for change in release.changes
        if change["kind"] == "removed"
    }
