"""Room: newer copies of registers. One is sent, read and compared, looked at, and brought in by a second word."""

import csv

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accreditation.admin.register_words import ADD, TAB_WORDS, TONES, WORDS, CopyForm
from accreditation.admin.upload_limit import bounded
from accreditation.models import Organisation, RegisterImport
from accreditation.registers import importing, reading
from accreditation.registers.reporting import TABS, lines_of, touched_of
from forums.admin import decisions as deciding
from forums.admin.rooms import ReadOnlyRoom, badge
from forums.cells import cell_of
from forums.hints import look_soon
from forums.refusals import Refused

SWEEP = "accreditation.tasks.import_registers"
MOST_SHOWN = 200


@admin.register(RegisterImport)
class RegisterImportRoom(ReadOnlyRoom):
    list_display = ("kind", "as_of", "condition", "name", "at", "by")
    list_select_related = ("by",)
    list_filter = ("kind", "state")
    ordering = ("-at", "pk")

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm(ADD)

    def get_urls(self):
        difference = self.admin_site.admin_view(self.difference)
        name = "accreditation_registerimport_difference"
        return [path("<int:pk>/difference.csv", difference, name=name), *super().get_urls()]

    def get_queryset(self, request):
        found = super().get_queryset(request)
        return found if request.resolver_match.kwargs else found.defer("report")  # a list needs no reports

    @admin.display(description=_("state"), ordering="state")
    def condition(self, run):
        return badge(run.get_state_display(), TONES.get(run.state, "plain"))

    # Sending a copy --------------------------------------------------------------------------------------------------

    @bounded(lambda: settings.REGISTER_FILE_LIMIT)
    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._form(request, CopyForm())
        form = CopyForm(request.POST, request.FILES)
        if request.too_big:
            form.errors.pop("file", None)
            self._refuse(form, lambda: reading.check_size(int(request.META["CONTENT_LENGTH"])))
            return self._form(request, form, status=413)
        if form.is_valid() and (run := self._refuse(form, lambda: self._begin(request, form))):
            look_soon(SWEEP)
            return redirect("admin:accreditation_registerimport_change", run.pk)
        return self._form(request, form)

    @staticmethod
    def _begin(request, form):
        return importing.begin(**form.cleaned_data, by=request.user, at=now())

    @staticmethod
    def _refuse(form, act):
        """Act; what is refused is said beside the file."""
        try:
            return act()
        except Refused as why:
            form.add_error("file", [str(reason) for reason in getattr(why, "reasons", [why])])

    def _form(self, request, form, status=200):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Send a newer copy of a register"),
            "opts": self.opts,
            "form": form,
            "most": settings.REGISTER_FILE_LIMIT,
            "columns": reading.COLUMNS,
        }
        return TemplateResponse(request, "admin/accreditation/registerimport/send.html", context, status=status)

    # One copy --------------------------------------------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = self.get_object(request, unquote(object_id))
        if run is None:
            raise Http404
        return self._act(request, run) if request.method == "POST" else self._page(request, run)

    def _act(self, request, run):
        word = {word.key: word for word in WORDS}.get(request.POST.get("decision"))
        if word is None or not word.may(request.user, run):
            raise Http404
        if deciding.is_stale(request.POST, _seen(run)) or not word.fits(run):
            return self._page(request, run, said=deciding.stale_sentence(), status=409)
        try:
            word.act(run, by=request.user, at=now())
        except Refused as why:
            look_soon(SWEEP)
            run.refresh_from_db()
            return self._page(request, run, said=str(why), status=409)
        look_soon(SWEEP)
        messages.success(request, word.done)
        return redirect(request.path)

    def _page(self, request, run, *, said="", status=200):
        counts = run.report.get("counts", {})
        tab = request.GET.get("tab") if request.GET.get("tab") in TABS else next(filter(counts.get, TABS), "new")
        rows = touched_of(run.report, _own(request.user)) if tab == "touched" else run.report.get(tab, [])
        context = {
            **self.admin_site.each_context(request),
            "title": str(run),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "run": run,
            "tone": TONES.get(run.state, "plain"),
            "works": run.state in importing.AT_WORK,
            "counts": counts,
            "tabs": [(name, TAB_WORDS[name], counts[name]) for name in TABS] if counts else [],
            "tab": tab,
            "rows": rows[:MOST_SHOWN],
            "total": len(rows),
            "said": said,
            "seen": _seen(run),
            "panels": deciding.panels_of(
                WORDS, run, letter_of=lambda word: _("No letter goes out."), allowed=lambda word: word.may(request.user, run)
            ),
        }
        return TemplateResponse(request, "admin/accreditation/registerimport/report.html", context, status=status)

    def difference(self, request, pk):
        """Every line of the difference as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = self.get_object(request, str(pk))
        if run is None or not run.report:
            raise Http404
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")  # the mark, so that Excel reads UTF-8
        response.headers["Content-Disposition"] = f'attachment; filename="{run.kind}-{run.as_of}-difference.csv"'
        response.headers["Cache-Control"] = "no-store, private"
        lines = csv.writer(response)
        lines.writerows([cell_of(cell) for cell in cells] for cells in lines_of(run.report, _own(request.user)))
        return response


def _own(user) -> set:
    """Organisations for which this person acts: what concerns them is for colleagues to see."""
    return set(Organisation.objects.represented_by(user).values_list("pk", flat=True))


def _seen(run) -> dict:
    return {"state": run.state, "mark": run.report.get("fingerprint", "")[:16]}
