"""Room: one question of a form that is being written, in six languages; what cannot work is refused here already."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import TranslatedRoom, badge
from forums.admin.stale import SeenForm
from submissions.models import Question, Section
from submissions.operations.form_templates import place_of_next
from submissions.questions.checking import problems_of


class SectionOfForm(forms.ModelChoiceField):
    def label_from_instance(self, section):
        return f"{section.version} · {section}"


class CommaField(forms.CharField):
    """Keys separated by commas."""

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [key.strip() for key in super().to_python(value).split(",") if key.strip()]


class QuestionForm(SeenForm):
    section = SectionOfForm(
        Section.objects.filter(version__published_at=None).select_related("version__template").order_by("version", "order"),
        label=_("Section"),
    )
    shown_if_answers = CommaField(
        label=_("has one of these answers"),
        required=False,
        help_text=_("Keys of choices, separated by commas; yes or no for a question of that kind."),
    )

    def clean(self):
        cleaned = super().clean()
        section = cleaned.get("section") or (self.instance.section if self.instance.section_id else None)
        if section is None:
            return cleaned
        if self.instance.version_id and self.instance.version_id != section.version_id:
            self.add_error("section", _("A question stays in its form: choose a section of the same version."))
        self.instance.version = section.version
        same = Question.objects.filter(version=section.version, key=cleaned.get("key")).exclude(pk=self.instance.pk)
        if same.exists():
            self.add_error("key", _("Another question of this form has this key. Choose another."))
        self._ask_condition(cleaned, section)
        return cleaned

    def _ask_condition(self, cleaned, section):
        if not (key := cleaned.get("shown_if")):
            return
        other = Question.objects.filter(version=section.version, key=key).exclude(pk=self.instance.pk).first()
        if other is None:
            self.add_error("shown_if", _("There is no other question with this key in the form."))
        elif unknown := set(cleaned.get("shown_if_answers") or ()) - set(other.words_of):
            self.add_error(
                "shown_if_answers",
                _("“%(other)s” has no such answers: %(unknown)s. It has: %(known)s.")
                % {"other": other.key, "unknown": ", ".join(sorted(unknown)), "known": ", ".join(other.words_of)},
            )

    def _post_clean(self):
        """Choices are judged once the columns of all languages are on the row."""
        super()._post_clean()
        if not self.errors:
            for sentence in problems_of(self.instance):
                self.add_error(None, ValidationError(sentence))


@admin.register(Question)
class QuestionRoom(TranslatedRoom):
    form = QuestionForm
    list_display = ("label", "key", "kind", "form_version", "section", "seen_by", "required")
    list_filter = ("kind", "seen_by", "required")
    list_select_related = ("version__template", "section")
    search_fields = ("label", "key", "version__template__code")
    ordering = ("version", "section__order", "order", "pk")
    fieldsets = (
        (None, {"fields": ("section", "key", "kind", "seen_by", "required", "word_limit")}),
        (_("Question"), {"fields": ("label",)}),
        (_("Choices, or columns of a table"), {"fields": ("options",)}),
        (_("Shown only if"), {"fields": ("shown_if", "shown_if_answers")}),
        (_("Help"), {"fields": ("help",)}),
        (_("Example of an answer"), {"fields": ("example",)}),
        (_("Why it is asked"), {"fields": ("why",)}),
    )

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.version.is_kept)

    @admin.display(description=_("form"))
    def form_version(self, question):
        return badge(str(question.version), "done" if question.version.is_kept else "wait")

    def save_model(self, request, obj, form, change):
        if not change or "section" in form.changed_data:
            obj.order = place_of_next(obj.section)
        super().save_model(request, obj, form, change)

    def response_post_save_add(self, request, obj):
        return redirect("admin:submissions_formversion_change", obj.version_id)

    def response_post_save_change(self, request, obj):
        return redirect("admin:submissions_formversion_change", obj.version_id)
