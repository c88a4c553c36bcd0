"""Room: compilations. Chosen on one page, made by a worker, looked at and fetched on another; kept with what made them."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from forums.admin.rooms import ReadOnlyRoom, badge
from forums.hints import look_soon
from forums.refusals import Refused
from forums.templatetags.moments import moment
from submissions.admin.compilation_form import CompilationForm, words_for_choice
from submissions.compilations import making
from submissions.compilations.choosing import chosen_in_words
from submissions.models import Compilation
from submissions.models.compilation import PUBLISH
from submissions.search.vocabulary import vocabulary
from submissions.views.serving import hand_out

SWEEP = "submissions.tasks.make_compilations"
ADD, VIEW = "submissions.add_compilation", "submissions.view_compilation"
STATES = {
    "asked": (_("Asked"), "wait"),
    "being_made": (_("Being made"), "wait"),
    "ready": (_("Ready"), "done"),
    "failed": (_("Could not be made"), "stop"),
    "gone": (_("Files are gone"), "plain"),
}


@admin.register(Compilation)
class CompilationRoom(ReadOnlyRoom):
    list_display = (
        "asked",
        "forum",
        "condition",
        "inputs",
        "words",
        "extent",
        "order",
        "language",
        "sealed",
        "asked_by",
    )
    list_select_related = ("forum", "asked_by")
    list_filter = ("forum", "extent", "order", "language")
    ordering = ("-asked_at", "-pk")

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm(ADD)

    def get_queryset(self, request):
        return Compilation.objects.visible_to(request.user).order_by(*self.ordering)

    def get_urls(self):
        file = self.admin_site.admin_view(require_safe(self.file_view))
        name = "submissions_compilation_file"
        return [path("<int:pk>/files/<slug:form>/", file, name=name), *super().get_urls()]

    # Columns ---------------------------------------------------------------------------------------------------------

    @admin.display(description=_("asked at"), ordering="asked_at")
    def asked(self, row):
        return moment(row.asked_at, row.forum)

    @admin.display(description=_("state"))
    def condition(self, row):
        return badge(*STATES[row.state])

    @admin.display(description=_("not public"), boolean=True)
    def sealed(self, row):
        return row.unpublished

    # Asking ----------------------------------------------------------------------------------------------------------

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        may_unpublished = request.user.has_perm(PUBLISH)
        given = {"words": words_for_choice(), "may_unpublished": may_unpublished}
        if request.method != "POST":
            return self._answer(request, "ask", _("Compile inputs"), form=CompilationForm(asked=request.GET, **given))
        form = CompilationForm(request.POST, **given)
        if form.is_valid():
            try:
                row = making.ask_compilation(form.cleaned_data["forum"], by=request.user, at=now(), **form.question)
            except Refused as why:
                form.add_error(None, str(why))
            else:
                look_soon(SWEEP)
                return redirect("admin:submissions_compilation_change", row.pk)
        return self._answer(request, "ask", _("Compile inputs"), 422, form=form)

    # One compilation -------------------------------------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self._row(request, unquote(object_id))
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        words = vocabulary([row.forum], forum=row.forum)
        return self._answer(
            request,
            "page",
            str(row),
            row=row,
            state=STATES[row.state],
            works=row.state in ("asked", "being_made"),
            lines=chosen_in_words(row, words),
            files=row.files.all() if row.state == "ready" else [],
            withheld=row.state == "ready" and not making.may_be_given(row, at=now()),
            again=f"{reverse('admin:submissions_compilation_add')}?{again_query(row)}",
            may_ask=self.has_add_permission(request),
        )

    def history_view(self, request, object_id, extra_context=None):
        """One that this person may not see is a missing page here too."""
        self._row(request, unquote(object_id))
        return super().history_view(request, object_id, extra_context)

    def file_view(self, request, pk, form):
        """The bytes, as a download; a compilation with texts that are not public is noted before the first of them."""
        row = self._row(request, str(pk))
        file = row.files.filter(form=form).first()
        at = now()
        if file is None or not making.may_be_given(row, at=at):
            raise Http404
        with transaction.atomic():
            making.note_reader(row, by=request.user, at=at)
        file.compilation = row
        return hand_out(request, file, plain_name=f"compilation-{file.name.rpartition('.')[0]}")

    def _row(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_queryset(request).select_related("forum", "milestone", "asked_by")
        row = rows.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None
        if row is None:
            raise Http404
        return row

    def _answer(self, request, template, title, status=200, **more):
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "title": title,
            **more,
        }
        return TemplateResponse(request, f"admin/submissions/compilation/{template}.html", context, status=status)


def again_query(row) -> str:
    """The same question once more, as the address of the form."""
    pairs = [("forum", row.forum.slug), ("extent", row.extent), ("order", row.order), ("headings", row.language)]
    pairs += [("milestone", row.milestone_id)] if row.milestone_id else []
    pairs += [(name, code) for name, codes in row.chosen.items() for code in codes]
    return urlencode([*pairs, *(("formats", form) for form in row.forms)])
