"""Forums and dates, for the public: what happens when, what was due and was it met, where does one come in."""

from itertools import groupby
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now

from forums.calendar import entries_of, in_order, of_review
from forums.models import Call, Forum, Milestone, OfficialDocument, RegionalReview
from forums.public_page import public_page
from forums.windows import Phase

IN_THIS_ORDER = (Phase.OPEN, Phase.NOT_YET, Phase.CLOSED)


@public_page
def forums(request):
    return render(request, "forums/forums.html", {"forums": Forum.objects.prefetch_related("former_dates")})


@public_page
def forum(request, slug):
    at = now()
    forum = get_object_or_404(Forum, slug=slug)
    calls = list(_calls().filter(forum=forum))
    milestones = _milestones().filter(forum=forum)
    documents = OfficialDocument.objects.filter(forum=forum)
    about = {
        "forum": forum,
        "entries": entries_of(forum, milestones=milestones, calls=calls, at=at),
        "phases": _by_phase(calls, at),
        "round_tables": forum.round_tables.prefetch_related("objectives"),
        "documents": documents,
        "former_dates": forum.former_dates.all(),
    }
    return render(request, "forums/forum.html", about)


@public_page
def calendar(request):
    """All dates of all forums: what comes, the nearest first; below it what was, the latest first."""
    at = now()
    forums = list(Forum.objects.prefetch_related(_under("milestones", _milestones()), _under("calls", _calls())))
    entries = [
        entry
        for forum in forums
        for entry in entries_of(forum, milestones=_of(forum, "milestones"), calls=_of(forum, "calls"), at=at)
    ]
    zone = ZoneInfo("UTC")
    entries += [of_review(review, zone, at) for review in RegionalReview.objects.filter(first_day__isnull=False)]
    dated = [entry for entry in in_order(entries) if entry.moment]
    about = {
        "coming": _by_month(entry for entry in dated if not entry.is_over(at)),
        "past": _by_month(entry for entry in reversed(dated) if entry.is_over(at)),
        "undated": [forum for forum in forums if not forum.first_day],
    }
    return render(request, "forums/calendar.html", about)


def _milestones():
    return Milestone.objects.select_related("forum").prefetch_related("documents")


def _calls():
    """Those that people can answer; where only the desk records, there is nothing to open or close."""
    invitations = Call.objects.filter(recorded_by_desk_only=False)
    return invitations.select_related("forum", "round_table").prefetch_related("extensions")


def _under(name, rows):
    return Prefetch(name, queryset=rows, to_attr=f"its_{name}")


def _of(forum, name):
    return getattr(forum, f"its_{name}")


def _by_phase(calls, at):
    """Calls under the phase they are in at this moment: open, not yet open, closed."""
    return [
        {"phase": phase, "calls": among}
        for phase in IN_THIS_ORDER
        if (among := [call for call in calls if call.phase(at) is phase])
    ]


def _by_month(entries):
    """Months with their entries; a month is shown by its first day."""
    months = groupby(entries, key=lambda entry: entry.moment.astimezone(entry.zone).date().replace(day=1))
    return [(month, list(among)) for month, among in months]
