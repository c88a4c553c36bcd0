"""A forum, for the public: what happens when, what was due and was it met, where does one come in."""

from django.db.models import OuterRef, Prefetch, Subquery
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.utils.translation import get_language_bidi

from forums import drawing
from forums.calendar import entries_of
from forums.changes import words_of
from forums.countdown import next_of
from forums.entry import tally
from forums.former_dates import editions_of, moved_duties
from forums.models import Call, Extension, Forum, Milestone, OfficialDocument
from forums.public_page import public_page
from forums.windows import Phase

IN_THIS_ORDER = (Phase.OPEN, Phase.NOT_YET, Phase.CLOSED)
LATEST_CHANGES = 5


@public_page
def forums(request):
    """All editions with how they stand, and the year of the one after the last."""
    at = now()
    editions = list(
        Forum.objects.prefetch_related(
            under("milestones", milestones()), under("calls", calls()), "round_tables", "former_dates"
        )
    )
    about = [_in_short(forum, at) for forum in editions]
    last = max((forum for forum in editions if not forum.demonstration), key=lambda forum: forum.year, default=None)
    return render(request, "forums/forums.html", {"forums": about, "next_year": last and last.next_year})


def _in_short(forum, at):
    entries = entries_of(forum, milestones=forum.its_milestones, calls=forum.its_calls, at=at)
    return {
        "forum": forum,
        "tally": tally(entries),
        "next": next_of(entries, at),
        "tables": _decided(forum.round_tables.all()),
    }


def _decided(tables):
    """Round tables with a title of their own; those copied from an earlier forum say nothing yet."""
    return [table for table in tables if table.title and not table.indicative]


@public_page
def forum(request, slug):
    at = now()
    following = Forum.objects.filter(year=OuterRef("year") + Forum.EVERY, demonstration=False).values("slug")
    forum = get_object_or_404(Forum.objects.annotate(next_slug=Subquery(following[:1])), slug=slug)
    its_calls = list(calls().filter(forum=forum))
    its_milestones = list(milestones().filter(forum=forum))
    entries = entries_of(forum, milestones=its_milestones, calls=its_calls, at=at)
    about = {
        "forum": forum,
        "at": at.replace(minute=0, second=0, microsecond=0),  # to the hour, so that an unchanged page stays unchanged
        "entries": entries,
        "next": next_of(entries, at),
        "tally": tally(entries),
        "drawings": _drawings(entries, forum, at),
        "phases": _by_phase(its_calls, at),
        "round_tables": forum.round_tables.prefetch_related("objectives"),
        "documents": OfficialDocument.objects.filter(forum=forum).prefetch_related("languages"),
        "release": forum.releases.defer("sessions", "changes").order_by("-number").first(),
        "following": None if forum.demonstration else _following(forum),
        **_history(forum, its_milestones, its_calls),
    }
    return render(request, "forums/forum.html", about)


def _drawings(entries, forum, at):
    sheets = (drawing.WIDE, drawing.NARROW)
    drawn = [drawing.draw(entries, forum=forum, at=at, sheet=sheet, mirrored=get_language_bidi()) for sheet in sheets]
    return [each for each in drawn if each]


def _history(forum, its_milestones, its_calls):
    """Every former edition of the dates, every moved closing, and the latest changes in words."""
    editions = editions_of(forum, forum.former_dates.order_by("edition"))
    moved = [extension for call in its_calls for extension in call.extensions.all()]
    changes = list(forum.changes.all()[:LATEST_CHANGES])
    for change in changes:
        change.forum = forum
    return {
        "editions": editions,
        "moved_duties": moved_duties(its_milestones, editions),
        "extensions": sorted(moved, key=lambda extension: extension.at),
        "changes": [(change.at, words_of(change)) for change in changes],
    }


def _following(forum):
    """The forum four years on: its page where it has one, else its year."""
    year, slug = forum.next_year, forum.next_slug
    return {"year": year, "forum": Forum(slug=slug, year=year) if slug else None}


def milestones():
    documents = OfficialDocument.objects.prefetch_related("languages")
    return Milestone.objects.select_related("forum").prefetch_related(Prefetch("documents", queryset=documents))


def calls():
    """Those that people can answer; where only the desk records, there is nothing to open or close."""
    extensions = Prefetch("extensions", queryset=Extension.objects.select_related("call"))
    invitations = Call.objects.filter(recorded_by_desk_only=False)
    return invitations.select_related("forum", "round_table", "feeds").prefetch_related(extensions)


def under(name, rows):
    return Prefetch(name, queryset=rows, to_attr=f"its_{name}")


def _by_phase(its_calls, at):
    """Calls under the phase they are in at this moment: open, not yet open, closed."""
    return [
        {"phase": phase, "calls": among}
        for phase in IN_THIS_ORDER
        if (among := [call for call in its_calls if call.phase(at) is phase])
    ]
