"""Lists of published inputs, for the public: all, of a forum, of an objective, of a round table; one engine for all."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now

from forums.models import Forum, Objective, RoundTable
from forums.public_page import public_page
from submissions.search.listing import list_inputs


@public_page
def inputs(request):
    return _page(request, "inputs.html", list_inputs(request.GET, at=now()))


@public_page
def forum_inputs(request, slug):
    try:
        listing = list_inputs(request.GET, at=now(), fixed=[("forum", slug)])
    except Forum.DoesNotExist as why:
        raise Http404 from why
    return _page(request, "inputs.html", listing, of_forum=True)


@public_page
def objective(request, number):
    objective = get_object_or_404(Objective, number=number)
    listing = list_inputs(request.GET, at=now(), fixed=[("objective", str(number))])
    return _page(request, "objective.html", listing, objective=objective)


@public_page
def round_table(request, slug, number):
    tables = RoundTable.objects.select_related("forum").prefetch_related("objectives")
    table = get_object_or_404(tables, forum__slug=slug, number=number)
    listing = list_inputs(request.GET, at=now(), fixed=[("forum", slug), ("round_table", str(number))])
    return _page(request, "round_table.html", listing, round_table=table, objectives=table.objectives.all())


def _page(request, template, listing, **about):
    request.lists_published = True  # imrf_portal/ready_pages.py may keep it
    return render(request, f"submissions/public/{template}", {**listing.context(), **about}, status=listing.status)
