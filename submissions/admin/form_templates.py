"""Rooms: forms of calls. A form with the calls that ask it, its versions with their sections, questions one by one."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import TranslatedRoom, badge
from forums.models import Call, Forum
from forums.refusals import Refused
from submissions import operations
from submissions.models import CallForm, FormTemplate


class CallOfForum(forms.ModelChoiceField):
    def label_from_instance(self, call):
        return f"{call.forum.slug} · {call}"


class CallFormForm(forms.ModelForm):
    call = CallOfForum(
        Call.objects.for_inputs()
        .filter(recorded_by_desk_only=False)
        .select_related("forum")
        .order_by("-forum__year", "slug"),
        label=_("Call"),
    )

    def clean(self):
        cleaned = super().clean()
        call, level = cleaned.get("call"), cleaned.get("level")
        if call and level and call.levels and level not in call.levels:
            raise ValidationError(_("“%(call)s” takes no inputs of this level.") % {"call": call})
        taken = call and CallForm.objects.filter(call=call, level=level or "").exclude(pk=self.instance.pk).first()
        if taken and taken.template_id != self.instance.template_id:
            raise ValidationError(
                _("“%(call)s” asks the form “%(form)s” on this level. Take it out there first.")
                % {"call": call, "form": taken.template}
            )
        return cleaned


class CallFormSet(forms.BaseInlineFormSet):
    def clean(self):
        super().clean()
        asked = [form for form in self.forms if form.has_changed() and not form.cleaned_data.get("DELETE")]
        if asked and self.instance.published() is None:
            raise ValidationError(_("A form without a published version cannot be asked. Publish its first version."))


class CallFormInline(admin.StackedInline):
    """Which calls ask this form. Taking one out leaves drafts the form they have."""

    model, form, formset = CallForm, CallFormForm, CallFormSet
    fields = ("call", "level")
    extra = 1

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)


class CopyForm(forms.Form):
    forum = forms.ModelChoiceField(Forum.objects.order_by("-year", "slug"), label=_("For the forum"))
    code = forms.SlugField(
        label=_("Code of the copy"), max_length=60, help_text=_("Small letters, digits and hyphens: national-review-2030")
    )


@admin.register(FormTemplate)
class FormTemplateRoom(TranslatedRoom):
    list_display = ("name", "code", "kind", "forum", "asked_version", "written_version", "calls_asking")
    list_filter = ("kind", "forum")
    list_select_related = ("forum",)
    search_fields = ("name", "code")
    fields = ("code", "kind", "forum", "name")
    inlines = (CallFormInline,)
    change_form_template = "admin/submissions/formtemplate/change_form.html"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("versions", "calls")

    def get_readonly_fields(self, request, obj=None):
        return () if obj is None else ("code",)

    def get_inlines(self, request, obj):
        return self.inlines if obj else ()

    @admin.display(description=_("asked"))
    def asked_version(self, template):
        number = max((one.number for one in template.versions.all() if one.is_kept), default=None)
        return badge(_("Version %(number)d") % {"number": number}, "done") if number else "–"

    @admin.display(description=_("being written"))
    def written_version(self, template):
        number = next((one.number for one in template.versions.all() if not one.is_kept), None)
        return badge(_("Version %(number)d") % {"number": number}, "wait") if number else "–"

    @admin.display(description=_("calls"))
    def calls_asking(self, template):
        return len(template.calls.all())

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            context["versions"] = list(obj.versions.select_related("copied_from__template", "published_by"))
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # What is done with a form ------------------------------------------------------------------------------------------

    def get_urls(self):
        pages = (("begin", self.begin_view), ("copy", self.copy_view))
        wrap = self.admin_site.admin_view
        mine = [path(f"<int:pk>/{name}/", wrap(view), name=f"submissions_formtemplate_{name}") for name, view in pages]
        return [*mine, *super().get_urls()]

    def _asked_for(self, request, pk):
        template = FormTemplate.objects.filter(pk=pk).first()
        if not self.has_change_permission(request, template):
            raise PermissionDenied
        if template is None:
            raise Http404
        return template

    def begin_view(self, request, pk):
        """Begin the next version, or go on with the one that is being written."""
        template = self._asked_for(request, pk)
        if request.method != "POST":
            return redirect("admin:submissions_formtemplate_change", pk)
        return redirect("admin:submissions_formversion_change", operations.begin_version(template).pk)

    def copy_view(self, request, pk):
        """Copy the newest published version to a form of another forum."""
        template = self._asked_for(request, pk)
        form = CopyForm(request.POST if request.method == "POST" else None, label_suffix="")
        if form.is_valid():
            try:
                made = operations.copy_form(template, **form.cleaned_data)
            except Refused as why:
                form.add_error(None, str(why))
            else:
                messages.success(request, _("The form was copied. Look over its first version, then publish it."))
                return redirect("admin:submissions_formtemplate_change", made.pk)
        context = {**self.admin_site.each_context(request), "title": _("Copy to another forum"), "opts": self.opts}
        page = "admin/submissions/formtemplate/copy.html"
        return TemplateResponse(request, page, context | {"original": template, "form": form})
