"""Lists of published inputs, for the public: all, of a forum, of an objective, of a round table; one engine for all."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now

from forums.compact import IN_SHORT
from forums.models import Forum, Objective, OfficialDocument, RoundTable
from forums.once import forums_of
from forums.public_page import public_page
from submissions.search.listing import list_inputs


@public_page
def inputs(request):
    return _page(request, "inputs.html", _asked(request))


@public_page
def forum_inputs(request, slug):
    try:
        listing = _asked(request, ("forum", slug))
    except Forum.DoesNotExist as why:
        raise Http404 from why
    return _page(request, "inputs.html", listing, of_forum=True)


@public_page
def objective(request, number):
    objective = get_object_or_404(Objective, number=number)
    listing = _asked(request, ("objective", str(number)))
    return _page(request, "objective.html", listing, objective=objective, short=IN_SHORT[number])


@public_page
def round_table(request, slug, number):
    tables = RoundTable.objects.select_related("forum").prefetch_related("objectives")
    table = get_object_or_404(tables, forum__slug=slug, number=number)
    listing = _asked(request, ("forum", slug), ("round_table", str(number)))
    about = {"objectives": table.objectives.all(), "documents": _documents_of(table)}
    return _page(request, "round_table.html", listing, round_table=table, **about)


def _documents_of(table):
    """Its background note and the technical summaries of its sessions, as the forum's documents have them."""
    about = Q(meets__round_table=table) | Q(session__round_table=table)
    return OfficialDocument.objects.filter(about).prefetch_related("languages").distinct()


def _asked(request, *fixed):
    return list_inputs(request.GET, at=now(), fixed=fixed, forums=forums_of(request))


def _page(request, template, listing, **about):
    request.stays_ready = "lists"  # imrf_portal/ready_pages.py may keep it
    return render(request, f"submissions/public/{template}", {**listing.context(), **about}, status=listing.status)
