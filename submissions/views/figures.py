"""Figures, for the public: over all forums and of one; as pictures with the table beside them, and as CSV."""

import csv

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language, get_language_bidi

from forums.models import Forum
from forums.narrowing import read
from forums.public_page import public_page, unless_unchanged
from submissions import licences, schema_org
from submissions.figures import charts, coverage, drawing, files
from submissions.figures.counting import ACROSS, numbers
from submissions.search.vocabulary import vocabulary


@public_page
def all_figures(request):
    return _page(request, None)


@public_page
def forum_figures(request, slug):
    return _page(request, get_object_or_404(Forum, slug=slug))


def former_address(request, slug):
    """The page was announced under this name."""
    return redirect("submissions:forum_figures", slug, permanent=True)


def _page(request, forum):
    at = now()
    counted, words = numbers(at, forum), _words(forum)
    figures, growth = _charts(counted, words, forum), charts.growth(counted, monthly=forum is None)
    day, asked = at.date(), read(request.GET, others=())

    def make():
        drawn = [(chart, drawing.bars(chart, mirrored=get_language_bidi())) for chart in figures]
        about = {
            "forum": forum,
            "asked": asked,
            "numbers": counted,
            "facts": _facts(counted),
            "charts": drawn,
            "growth": growth,
            "steps": drawing.steps(growth, mirrored=get_language_bidi()),
            "day": day,
            "list_url": reverse("submissions:forum_inputs", args=[forum.slug]) if forum else reverse("submissions:inputs"),
            "schema_org": _dataset(request, forum, [chart.name for chart in figures] + ["time"], day),
        }
        return render(request, "submissions/public/figures.html", about)

    return unless_unchanged(request, make, request.path, get_language(), day, figures, growth, asked.ignored)


def _words(forum):
    return vocabulary([forum] if forum else Forum.objects.all(), forum=forum)


def _charts(counted, words, forum):
    return [
        *charts.charts_of(counted, words, with_forums=forum is None),
        charts.newcomers(counted, words),
        charts.least_developed(counted),
    ]


def _facts(counted) -> dict:
    ldc, others = counted.pair("ldc", "states")
    return {
        "inputs": counted.total,
        "unseen": counted.unseen,
        "organisations": counted.pair("organisations")[0],
        "objectives": len(counted.figures.get("objective", {})),
        "countries": sum(counted.pair("ldc", "about")),
        "states": ldc + others,
        "ldc_share": round(100 * ldc / (ldc + others)) if ldc + others else 0,
    }


def _dataset(request, forum, names, day):
    addresses = [settings.SITE_URL + _address(forum, "figures_csv", name) for name in names]
    return schema_org.in_page(schema_org.dataset(settings.SITE_URL + request.path, forum, addresses, day))


def _address(forum, name, *args):
    if forum:
        return reverse(f"submissions:forum_{name}", args=[forum.slug, *args])
    return reverse(f"submissions:{name}", args=args)


@public_page
def figures_csv(request, name, slug=None):
    """One figure as CSV; 404 where there is none of that name."""
    forum = get_object_or_404(Forum, slug=slug) if slug else None
    at = now()
    counted, words, about = numbers(at, forum), _words(forum), files.about(forum, at.date())
    if name.startswith("coverage-") and name.removeprefix("coverage-") in ACROSS:
        lines = files.of_coverage(coverage.coverage(counted, words, name.removeprefix("coverage-")), about)
    elif name == "time":
        lines = files.of_growth(charts.growth(counted, monthly=forum is None), about)
    else:
        chart = next((chart for chart in _charts(counted, words, forum) if chart.name == name), None)
        if chart is None:
            raise Http404
        lines = files.of_chart(chart, about)
    return csv_of(lines, f"imrf-{slug}-figures-{name}" if slug else f"imrf-figures-{name}", at)


def csv_of(lines, name, at):
    """The table as a download whose name says the day and the language; its licence stands in the head, too."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{at:%Y-%m-%d}-{get_language()}.csv"'
    response.headers["Link"] = f'<{licences.METADATA_URL}>; rel="license"'
    response.write("\ufeff")
    csv.writer(response).writerows(lines)
    return response


@public_page
def all_coverage(request):
    return _coverage(request, None)


@public_page
def forum_coverage(request, slug):
    return _coverage(request, get_object_or_404(Forum, slug=slug))


def _coverage(request, forum):
    """One of three crossings, chosen by `across`; an unknown one is refused."""
    at, across = now(), request.GET.get("across") or "region"
    counted, words = numbers(at, forum), _words(forum)
    known, asked = across in ACROSS, read(request.GET, others=("across",))
    table = coverage.coverage(counted, words, across if known else "region")

    def make():
        about = {
            "forum": forum,
            "asked": asked,
            "table": table,
            "cells": drawing.cells(table, mirrored=get_language_bidi()),
            "described": coverage.described(table),
            "gaps": coverage.gaps(table),
            "title": coverage.TITLES[table.across],
            "ways": [(code, word, code == across) for code, word in coverage.TITLES.items()],
            "unseen": counted.unseen,
            "known": known,
        }
        return render(request, "submissions/public/coverage.html", about, status=200 if known else 400)

    parts = (request.path, get_language(), at.date(), table, counted.unseen, asked.ignored)
    return unless_unchanged(request, make, *parts) if known else make()
