"""Room: versions of forms. One is written section by section, looked at as its author will see it, and published once."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline

from forums.admin.rooms import InLanguages, Room, badge
from forums.refusals import Refused
from submissions import operations
from submissions.models import CallForm, FormVersion, Question, Section
from submissions.questions.checking import problems
from submissions.questions.fields import field_of


class SectionSet(forms.BaseInlineFormSet):
    def clean(self):
        super().clean()
        for form in self.deleted_forms:
            if form.instance.questions.exists():
                raise ValidationError(
                    _("“%(section)s” has questions. Move or take them out first.") % {"section": form.instance}
                )


class SectionInline(InLanguages, TranslationStackedInline):
    model, formset = Section, SectionSet
    fields = ("order", "title", "guidance")
    extra = 0

    def _may(self, request, version):
        return request.user.has_perm("submissions.change_section") and not (version and version.is_kept)

    def has_add_permission(self, request, obj=None):
        return self._may(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._may(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._may(request, obj)


class Preview(forms.Form):
    """The questions of a form as fields, for looking only."""

    def __init__(self, version, language):
        super().__init__()
        self.form = version
        self.fields = {question.field: field_of(question, language) for question in version.asked}

    @property
    def sections(self):
        return [{"section": part, "fields": [self[q.field] for q in part.asked]} for part in self.form.parts]


@admin.register(FormVersion)
class FormVersionRoom(Room):
    list_display = ("of_form", "number", "state", "questions_in_it", "drafts")
    list_display_links = ("of_form",)
    list_filter = ("template",)
    list_select_related = ("template",)
    search_fields = ("template__code", "template__name")
    ordering = ("template__code", "-number")
    fields = ("text_asked",)
    inlines = (SectionInline,)
    change_form_template = "admin/submissions/formversion/change_form.html"

    def get_queryset(self, request):
        drafts = Count("submissions", distinct=True, filter=Q(submissions__status="draft"))
        counted = {"question_count": Count("questions", distinct=True), "draft_count": drafts}
        return super().get_queryset(request).annotate(**counted)

    def has_add_permission(self, request):
        return False  # a version is begun from its form

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.is_kept)

    @admin.display(description=_("form"), ordering="template__code")
    def of_form(self, version):
        return str(version.template)

    @admin.display(description=_("state"))
    def state(self, version):
        return badge(_("Published"), "done") if version.is_kept else badge(_("Being written"), "wait")

    @admin.display(description=_("questions"), ordering="question_count")
    def questions_in_it(self, version):
        return version.question_count

    @admin.display(description=_("drafts with it"), ordering="draft_count")
    def drafts(self, version):
        return version.draft_count

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            whole = FormVersion.objects.select_related("template", "published_by", "copied_from__template").get(pk=obj.pk)
            context |= {
                "whole": whole,
                "problems": [] if whole.is_kept else problems(whole),
                "may_write": self.has_change_permission(request, obj),
                "title": str(whole),
                "subtitle": None,
                "languages": settings.LANGUAGES,
                "lacking": _untranslated(whole),
                "may_publish": request.user.has_perm("submissions.publish_formversion") and not whole.is_kept,
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # Looking, publishing, ordering ---------------------------------------------------------------------------------------

    def get_urls(self):
        def page(route, view):
            wrapped = self.admin_site.admin_view(view)
            return path(f"<uuid:pk>/{route}/", wrapped, name=f"submissions_formversion_{route}")

        mine = [page("preview", self.preview_view), page("publish", self.publish_view), page("arrange", self.arrange_view)]
        return [*mine, *super().get_urls()]

    def _asked_for(self, request, pk, permission):
        if not request.user.has_perm(f"submissions.{permission}_formversion"):
            raise PermissionDenied
        version = FormVersion.objects.select_related("template").filter(pk=pk).first()
        if version is None:
            raise Http404
        return version

    def preview_view(self, request, pk):
        """The questions as an author sees them, in the language asked for; nothing typed here is kept."""
        version = self._asked_for(request, pk, "view")
        language = request.GET.get("in") if request.GET.get("in") in dict(settings.LANGUAGES) else translation.get_language()
        with translation.override(language):
            form = Preview(version, language)
            context = {"version": version, "form": form, "languages": settings.LANGUAGES, "shown_in": language}
            return render(request, "admin/submissions/formversion/preview.html", context)

    def publish_view(self, request, pk):
        """What follows, then the button: from then on nothing of this version changes."""
        version = self._asked_for(request, pk, "publish")
        if version.is_kept:
            return redirect("admin:submissions_formversion_change", pk)
        if request.method == "POST":
            try:
                operations.publish_form(version, by=request.user, at=now())
            except Refused as why:
                messages.error(request, str(why))
            else:
                messages.success(request, _("%(version)s is published.") % {"version": version})
            return redirect("admin:submissions_formversion_change", pk)
        earlier = FormVersion.objects.filter(template=version.template, submissions__status="draft")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Publish this version"),
            "opts": self.opts,
            "version": version,
            "problems": problems(version),
            "lacking": _untranslated(version),
            "calls": CallForm.objects.filter(template=version.template).select_related("call__forum"),
            "drafts": earlier.aggregate(drafts=Count("submissions"))["drafts"],
        }
        return TemplateResponse(request, "admin/submissions/formversion/publish.html", context)

    def arrange_view(self, request, pk):
        """Move a question up or down, or take it out."""
        version = self._asked_for(request, pk, "change")
        if request.method == "POST":
            question = Question.objects.filter(version=version, pk=_number(request.POST.get("question"))).first()
            if question is None:
                raise Http404
            try:
                if request.POST.get("act") == "out":
                    operations.take_out(question)
                else:
                    operations.move_question(question, up=request.POST.get("act") == "up")
            except Refused as why:
                messages.error(request, str(why))
        return redirect("admin:submissions_formversion_change", pk)


def _number(text) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0


def _untranslated(version) -> list:
    """The languages into which not every question and section is translated; there the English words are shown."""
    codes = [code for code, _name in settings.LANGUAGES if code != "en"]
    things = [(part, "title") for part in version.parts] + [(question, "label") for question in version.asked]
    return [
        code for code in codes if any(not getattr(thing, f"{column}_{code.replace('-', '_')}") for thing, column in things)
    ]
