"""Pages of coverage: what was said where, on which level and by whom; the inputs behind a figure; who could be asked."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from forums.models import Call, Forum
from forums.refusals import Refused
from forums.typed import without_control
from submissions.admin.batches import csv_file
from submissions.admin.coverage_file import lines_of, xlsx_file
from submissions.admin.surroundings import with_standing
from submissions.admin.worded import standing_in_words
from submissions.coverage import asking, counting
from submissions.coverage.askable import askable
from submissions.figures.coverage import TITLES
from submissions.search.vocabulary import vocabulary

ASK = "submissions.add_callletter"
SEE = "submissions.view_submission"
PER_PAGE = 50
NARROW = ("objective", "region", "level", "kind")


class Coverage:
    """Mixed into the room of call letters."""

    def get_urls(self):
        pages = {
            "coverage/": require_safe(self.coverage_view),
            "coverage/inputs/": require_safe(self.behind_view),
            "coverage/ask/": self.ask_view,
            "coverage/ask.<slug:form>": require_safe(self.export_view),
        }
        names = ("coverage", "coverage_inputs", "coverage_ask", "coverage_export")
        own = [
            path(way, self.admin_site.admin_view(view), name=f"submissions_callletter_{name}")
            for (way, view), name in zip(pages.items(), names, strict=True)
        ]
        return [*own, *super().get_urls()]

    # What was received -----------------------------------------------------------------------------------------------

    def coverage_view(self, request):
        scope = _scope(request, SEE, ASK)
        words = vocabulary([scope.forum], forum=scope.forum)
        tables = [_shown(table, scope) for table in counting.tables(scope, request.user, words)]
        calls = Call.objects.for_inputs().filter(forum=scope.forum)
        return self._show(
            request, "tables", _("Coverage"), scope=scope, tables=tables, calls=calls, forums=Forum.objects.all()
        )

    def behind_view(self, request):
        """The inputs that one figure counts."""
        scope = _scope(request, SEE)
        words = vocabulary([scope.forum], forum=scope.forum).words
        chosen = _chosen(request.GET, words)
        inputs = counting.behind(scope, request.user, **chosen).select_related("organisation", "call__forum")
        page = Paginator(with_standing(inputs).order_by("-received_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
        for submission in page:
            submission.standing_word = standing_in_words(submission.standing)
        query = urlencode({**_of_scope(scope), **chosen})
        return self._show(
            request, "inputs", _("Inputs behind a figure"), scope=scope, page=page, query=query, chosen=_said(chosen, words)
        )

    # Who could be asked ----------------------------------------------------------------------------------------------

    def ask_view(self, request):
        scope = _scope(request, ASK)
        words = vocabulary([scope.forum], forum=scope.forum).words
        chosen = _for_asking(_chosen(request.GET, words))
        form = AskForm(scope.forum, request.POST if request.method == "POST" else None, initial={"call": scope.call})
        status = 200
        if request.method == "POST" and form.is_valid():
            try:
                row = asking.ask_call_letter(**form.cleaned_data, chosen=chosen, by=request.user, at=now())
            except Refused as why:
                form.add_error(None, str(why))
                status = 409
            else:
                return redirect("admin:submissions_callletter_change", row.pk)
        found = askable(scope.forum, request.user, **chosen)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        for each in page:
            each.standing_word = words["basis"].get(each.standing_code, each.standing_code)
        query = urlencode({**_of_scope(scope), **chosen})
        more = {"form": form, "page": page, "query": query, "chosen": _said(chosen, words), "picks": _picks(words, chosen)}
        return self._show(request, "ask", _("Who could be asked"), status, scope=scope, **more)

    def export_view(self, request, form):
        """The whole list as CSV or XLSX, with codes beside words; no cell of it is taken for a formula."""
        scope = _scope(request, ASK)
        if form not in ("csv", "xlsx"):
            raise Http404
        words = vocabulary([scope.forum], forum=scope.forum).words
        chosen = _for_asking(_chosen(request.GET, words))
        lines = list(lines_of(askable(scope.forum, request.user, **chosen), words))
        name = f"imrf-{scope.forum.slug}-to-ask.{form}"
        if form == "csv":
            return csv_file(name, lines)
        return xlsx_file(name, lines, at=now())

    def _show(self, request, template, title, status=200, **more):
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "title": title,
            "may_ask": request.user.has_perm(ASK),
            "may_see": request.user.has_perm(SEE),
            **more,
        }
        return TemplateResponse(request, f"admin/submissions/coverage/{template}.html", context, status=status)


class AskForm(forms.Form):
    use_required_attribute = False
    call = forms.ModelChoiceField(Call.objects.none(), label=_("Call that they are asked to answer"), empty_label=None)
    words = forms.CharField(
        label=_("Words of the desk in the letter"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, forum, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["call"].queryset = Call.objects.for_inputs().filter(forum=forum).select_related("forum")


def _scope(request, *permissions):
    """The forum, or one of its calls, that the address names; else the forum that comes next. For who has one of these."""
    if not any(request.user.has_perm(permission) for permission in permissions):
        raise PermissionDenied
    slug, call = without_control(request.GET.get("forum", "")), request.GET.get("call", "")
    forum = Forum.objects.filter(slug=slug).first() if slug else Forum.objects.current(now().date())
    if forum is None:
        raise Http404
    if not call:
        return counting.Scope(forum)
    found = Call.objects.for_inputs().filter(forum=forum, pk=call).first() if _is_key(call) else None
    if found is None:
        raise Http404
    return counting.Scope(forum, found)


def _is_key(text) -> bool:
    return text.isdecimal() and len(text) < 19


def _of_scope(scope) -> dict:
    return {"forum": scope.forum.slug, **({"call": scope.call.pk} if scope.call else {})}


def _chosen(query, words) -> dict:
    """Of what the address narrows by, what exists."""
    return {name: query[name] for name in NARROW if query.get(name) in words[name]}


def _for_asking(chosen) -> dict:
    return {name: code for name, code in chosen.items() if name != "level"}


def _said(chosen, words) -> list:
    return [words[name][code] for name, code in chosen.items()]


def _picks(words, chosen) -> list:
    labels = {"kind": _t("Kind of organisation"), "region": _t("Region"), "objective": _t("Nothing sent on objective")}
    return [(name, label, list(words[name].items()), chosen.get(name, "")) for name, label in labels.items()]


def _shown(table, scope) -> dict:
    """A table with the addresses that its figures and its gaps lead to."""
    behind, ask = (reverse(f"admin:submissions_callletter_{name}") for name in ("coverage_inputs", "coverage_ask"))
    rows = []
    for code, word, figures in table.rows:
        cells = []
        for (column, of_column), figure in zip(table.columns, figures, strict=True):
            about = urlencode({**_of_scope(scope), "objective": code, table.across: column})
            cells.append({"number": figure, "url": f"{behind if figure else ask}?{about}", "of": of_column})
        rows.append({"word": word, "cells": cells, "gap": not any(figures)})
    return {"across": table.across, "title": TITLES[table.across], "columns": table.columns, "rows": rows}
