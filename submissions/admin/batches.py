"""Room: files of inputs. One is sent, read, looked at line by line, and recorded by a second word."""

import csv

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.timezone import now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accreditation.admin.upload_limit import bounded
from forums.admin.rooms import ReadOnlyRoom, badge
from forums.cells import cell_of
from forums.hints import look_soon
from forums.models import Call
from forums.refusals import Refused
from submissions.admin.recording_form import CallChoice
from submissions.admin.recordings import RECORD
from submissions.models import Recording, RecordingBatch
from submissions.on_behalf import batches
from submissions.on_behalf.columns import explained, template_lines
from submissions.shown_titles import with_shown_titles

SWEEP = "submissions.tasks.work_on_imports"
PER_PAGE = 50
State = RecordingBatch.State
LineState = Recording.State
TONES = {"waiting": "wait", "reading": "wait", "recording": "wait", "read": "now", "refused": "stop", "recorded": "done"}
TABS = {  # name: word, lines
    "ready": (_("Ready"), batches.ready_lines),
    "open": (_("Whose is it?"), batches.open_lines),
    "wrong": (_("Wrong"), lambda batch: batch.lines.filter(state=LineState.STAGED).exclude(faults=[])),
    "left_out": (_("Left out"), lambda batch: batch.lines.filter(state=LineState.LEFT_OUT)),
    "recorded": (_("Recorded"), lambda batch: batch.lines.filter(state=LineState.RECORDED)),
}


class FileForm(forms.Form):
    use_required_attribute = False
    call = CallChoice(Call.objects.none(), label=_("Call"))
    file = forms.FileField(label=_("File: CSV in UTF-8"))
    tells_people = forms.BooleanField(
        label=_("Receipts go out to those who speak for the organisations"), required=False, initial=True
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["call"].queryset = Call.objects.for_inputs().select_related("forum").order_by("-forum__year", "slug")


@admin.register(RecordingBatch)
class BatchRoom(ReadOnlyRoom):
    list_display = ("name", "call", "condition", "at", "by")
    list_select_related = ("call", "by")
    list_filter = ("state",)
    ordering = ("-at", "-pk")

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(RECORD)

    has_module_permission = has_view_permission

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm(RECORD)

    def get_urls(self):
        pages = {
            "template.csv": self.template,
            "<int:pk>/report.csv": self.report,
            "<int:pk>/lines/<int:line>/": self.settle,
        }
        names = ("template", "report", "settle")
        own = [
            path(way, self.admin_site.admin_view(view), name=f"submissions_recordingbatch_{name}")
            for (way, view), name in zip(pages.items(), names, strict=True)
        ]
        return [*own, *super().get_urls()]

    @admin.display(description=_("state"), ordering="state")
    def condition(self, batch):
        return badge(batch.get_state_display(), TONES.get(batch.state, "plain"))

    # Sending a file --------------------------------------------------------------------------------------------------

    @bounded(lambda: batches.MOST_BYTES)
    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._form(request, FileForm())
        form = FileForm(request.POST, request.FILES)
        if request.too_big:
            form.errors.pop("file", None)
            form.add_error("file", _("The file is too big: at most 20 megabytes are taken. Split it."))
            return self._form(request, form, status=413)
        if form.is_valid():
            try:
                batch = batches.begin(**form.cleaned_data, by=request.user, at=now())
            except Refused as why:
                form.add_error("file", [str(reason) for reason in getattr(why, "reasons", [why])])
            else:
                look_soon(SWEEP)
                return redirect("admin:submissions_recordingbatch_change", batch.pk)
        return self._form(request, form, status=422)

    def _form(self, request, form, status=200):
        title = _("Import inputs from a CSV file")
        return self._answer(request, "send.html", title, status, form=form, columns=explained(), most=batches.MOST_BYTES)

    def template(self, request):
        """The template: the columns, and a line that explains each."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return csv_file("imrf-inputs-template.csv", template_lines())

    # One file --------------------------------------------------------------------------------------------------------

    def _batch(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = RecordingBatch.objects.select_related("call__forum", "by", "decided_by")
        batch = rows.filter(pk=pk).first() if str(pk).isdecimal() and len(str(pk)) < 19 else None
        if batch is None:
            raise Http404
        return batch

    def change_view(self, request, object_id, form_url="", extra_context=None):
        batch = self._batch(request, unquote(object_id))
        if request.method != "POST":
            return self._page(request, batch)
        act = {"record": batches.carry_out, "aside": self._set_aside}.get(request.POST.get("decision"))
        if act is None:
            raise Http404
        if request.POST.get("seen") != _seen(batch):
            return self._page(
                request, batch, said=_("This changed while you had the page open. Look at it again."), status=409
            )
        try:
            act(batch, by=request.user, at=now())
        except Refused as why:
            batch.refresh_from_db()
            return self._page(request, batch, said=str(why), status=409)
        look_soon(SWEEP, "submissions.tasks.announce_steps")
        return redirect(request.path)

    @staticmethod
    def _set_aside(batch, *, by, at):
        batches.set_aside(batch, at=at)

    def settle(self, request, pk, line):
        """Whose one line is, or whether it is left out."""
        batch = self._batch(request, pk)
        found = _seen_by(request.user, batch.lines).filter(line=line).first()
        if request.method != "POST" or found is None:
            raise Http404
        try:
            batches.settle(found, choice=request.POST.get("choice", ""), by=request.user)
        except Refused as why:
            messages.error(request, str(why))
        tab = request.POST.get("tab") if request.POST.get("tab") in TABS else "open"
        page = redirect("admin:submissions_recordingbatch_change", batch.pk)
        page["Location"] += f"?tab={tab}"
        return page

    def _page(self, request, batch, *, said="", status=200):
        counts = {name: lines(batch).count() for name, (_word, lines) in TABS.items()}
        chosen = request.GET.get("tab")
        tab = chosen if chosen in TABS else next((name for name in TABS if counts[name]), "ready")
        lines = _seen_by(request.user, TABS[tab][1](batch)).order_by("line")
        page = Paginator(lines.select_related("organisation", "submission"), PER_PAGE).get_page(request.GET.get("page"))
        may_record = counts["ready"] and batch.state in (State.READ, State.RECORDED)
        return self._answer(
            request,
            "report.html",
            str(batch),
            status,
            batch=batch,
            said=said,
            tone=TONES.get(batch.state, "plain"),
            works=batch.state in batches.AT_WORK,
            tabs=[(name, word, counts[name]) for name, (word, _lines) in TABS.items()],
            counts=counts,
            tab=tab,
            page=page,
            query=f"tab={tab}",
            seen=_seen(batch),
            may_record=may_record,
            letters=batches.letters_before(batch, by=request.user, at=now()) if may_record and batch.tells_people else [],
            may_settle=batch.state in (State.READ, State.RECORDED),
            may_set_aside=batch.state in (State.WAITING, State.READ, State.REFUSED),
        )

    def report(self, request, pk):
        """Every line with what became of it, as CSV; no cell of it is taken for a formula."""
        batch = self._batch(request, pk)
        lines = _seen_by(request.user, batch.lines).select_related("organisation", "submission").order_by("line")
        return csv_file(f"imrf-import-{batch.pk}-report.csv", report_lines(lines))

    def _answer(self, request, template, title, status, **more):
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "title": title,
            **more,
        }
        return TemplateResponse(request, f"admin/submissions/recordingbatch/{template}", context, status=status)


def _seen_by(user, lines):
    """Lines of bodies with which one has a conflict of interest are for colleagues to see."""
    return with_shown_titles(lines.open_to(user), "submission")


def _seen(batch) -> str:
    return f"{batch.state}-{batches.ready_lines(batch).count()}"


def report_lines(lines):
    yield ["line", "key", "state", "reference", "organisation", "score", "title", "faults", "doubts"]
    for line in lines.iterator(chunk_size=500):
        score = line.candidates[0]["score"] if line.candidates else ""
        named = line.organisation.name if line.organisation else line.about.get("named", {}).get("name", "")
        reference = line.submission.reference if line.submission else ""
        state = _t("Wrong") if line.faults and line.state == LineState.STAGED else line.get_state_display()
        said = [" ".join(line.faults), " ".join(line.doubts)]
        yield [line.line, line.row_key, state, reference, named, score, str(line), *said]


def csv_file(name, lines) -> HttpResponse:
    """A private CSV file as table programs read it: UTF-8 with its mark, every cell mere text."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store, private"
    csv.writer(response).writerows([cell_of(cell) for cell in cells] for cells in lines)
    return response
