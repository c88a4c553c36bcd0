"""All dates of all forums, for the public: what comes, the nearest first; below it what was, the latest first."""

from itertools import groupby
from zoneinfo import ZoneInfo

from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forums.calendar import entries_of, of_review, of_session
from forums.entry import in_order
from forums.models import Forum, RegionalReview, Release
from forums.narrowing import Field, read
from forums.programme.released import sessions_of
from forums.public_page import public_page
from forums.timeline import Standing
from forums.views.public import calls, milestones, under

UTC = ZoneInfo("UTC")


@public_page
def calendar(request):
    at = now()
    forums = list(Forum.objects.prefetch_related(under("milestones", milestones()), under("calls", calls())))
    asked = read(
        request.GET,
        Field("forum", _("Forum"), {forum.slug: str(forum) for forum in forums}),
        Field("kind", _("Kind"), _kinds()),
        others=(),
    )
    every = _everything(forums, at)
    undated = [forum for forum in forums if not forum.first_day]
    dated = [entry for entry in in_order([e for e in every if asked.takes(**_values(e))]) if entry.moment]
    about = {
        "asked": asked,
        "facets": asked.facets([*(_values(e) for e in every if e.moment or e.kind == "review"), *map(_days_of, undated)]),
        "overdue": [entry for entry in dated if _is_overdue(entry)],
        "coming": _by_month(entry for entry in dated if not entry.is_over(at)),
        "past": _by_month(entry for entry in reversed(dated) if entry.is_over(at) and not _is_overdue(entry)),
        "undated": [forum for forum in undated if asked.takes(**_days_of(forum))],
        "undated_reviews": [e for e in every if e.kind == "review" and not e.moment and asked.takes(**_values(e))],
    }
    if asked.unknown:
        about |= {"overdue": [], "coming": [], "past": [], "undated": [], "undated_reviews": []}
    return render(request, "forums/calendar.html", about, status=400 if asked.unknown else 200)


def _kinds():
    return {
        "duty": _("Duties"),
        "call": _("Calls"),
        "session": _("Sessions"),
        "days": _("Days of the forum"),
        "review": _("Regional reviews"),
    }


def _values(entry) -> dict:
    """What an entry is found by; a regional review belongs to no forum."""
    return {"forum": entry.forum.slug if entry.forum else "", "kind": entry.kind}


def _days_of(forum) -> dict:
    return {"forum": forum.slug, "kind": "days"}


def _is_overdue(entry) -> bool:
    return bool(entry.state) and entry.state.standing is Standing.OVERDUE


def _everything(forums, at) -> list:
    entries = [
        entry
        for forum in forums
        for entry in entries_of(forum, milestones=forum.its_milestones, calls=forum.its_calls, at=at)
    ]
    entries += [of_session(session, at) for session in _released(forums)]
    return entries + [of_review(review, UTC, at) for review in RegionalReview.objects.prefetch_related("regions")]


def _released(forums):
    """The sessions of the latest release of each forum, read with one statement."""
    by_key = {forum.pk: forum for forum in forums}
    latest = Release.objects.order_by("forum_id", "-number").distinct("forum_id").defer("changes")
    return [session for release in latest for session in sessions_of(release, by_key[release.forum_id])]


def _by_month(entries):
    """Months with their entries; a month is shown by its first day."""
    months = groupby(entries, key=lambda entry: entry.moment.astimezone(entry.zone).date().replace(day=1))
    return [(month, list(among)) for month, among in months]
