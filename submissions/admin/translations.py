"""Room: translations of titles and summaries: written here, offered by authors, asked of the machine, checked."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, Q, Value, When
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from forums.admin.rooms import Choice, Room, badge, written
from forums.hints import look_soon
from forums.refusals import Refused
from forums.templatetags.moments import moment
from forums.typed import without_control
from submissions import operations
from submissions.admin.inputs import review_link
from submissions.machine import engine
from submissions.models import InputTranslation, Submission

Origin, State = InputTranslation.Origin, InputTranslation.State
TONES = {State.ASKED: "wait", State.OFFERED: "wait", State.SHOWN: "done", State.ASIDE: "plain"}
MAY = "submissions.change_inputtranslation"


SEALED = Q(version__changes__texts__has_any_keys=["title", "summary"])


def is_sealed(row) -> bool:
    """Whether it says in another language what is redacted in the version that it translates."""
    return bool({"title", "summary"} & set(row.version.changes.get("texts", ())))


class CheckedFilter(Choice):
    title, parameter_name = _("checked"), "checked"

    def lookups(self, request, model_admin):
        return [("no", _("Nobody checked it")), ("yes", _("A person checked it"))]

    def narrow(self, request, queryset, value):
        return queryset.filter(checked_at__isnull=value == "no")


class Words(forms.ModelForm):
    """What a person types, without control characters."""

    def clean(self):
        cleaned = super().clean()
        return {name: without_control(value) if isinstance(value, str) else value for name, value in cleaned.items()}


class NewForm(Words):
    refused = ""  # what the operation said to what was typed
    reference = forms.CharField(label=_("Reference"), max_length=40, help_text=_("Such as IMRF-2026-I-00042."))

    class Meta:
        model = InputTranslation
        fields = ("language", "origin", "title", "summary")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].widget.attrs["dir"] = self.fields["title"].widget.attrs["dir"] = "auto"
        self.fields["summary"].widget.attrs["dir"] = "auto"
        if engine() is None:
            kept = [choice for choice in Origin.choices if choice[0] != Origin.MACHINE]
            self.fields["origin"].choices = kept
        else:
            self.fields["title"].help_text = _("Leave title and summary empty to ask the machine.")

    def clean(self):
        if self.refused:
            self.add_error(None, self.refused)
        return super().clean()


class ChangeForm(Words):
    checked = forms.BooleanField(label=_("I compared it with the original, and it says the same"), required=False)

    class Meta:
        model = InputTranslation
        fields = ("title", "summary")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "title" in self.fields:  # not where it is only looked at
            self.fields["title"].required = True


@admin.register(InputTranslation)
class TranslationRoom(Room):
    list_display = ("input", "language", "words", "origin", "shown_state", "look", "when")
    list_display_links = ("language",)
    list_select_related = ("submission", "by", "checked_by")
    list_filter = ("state", "origin", CheckedFilter, "language")
    search_fields = ("submission__reference", "title_told")
    ordering = ("-at", "-pk")
    readonly_fields = ("input", "original", "language_said", "origin", "shown_state", "look", "when", "trouble", "words")
    actions = ("take", "vouch", "set_aside")

    def get_queryset(self, request):
        seen = Submission.objects.visible_to(request.user)
        rows = super().get_queryset(request).filter(submission__in=seen.values("pk")).select_related("version")
        return rows.annotate(title_told=Case(When(SEALED, then=Value("")), default=F("title")))

    def has_translate_permission(self, request):
        return request.user.has_perm(MAY)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, form=ChangeForm if obj else NewForm, **kwargs)
        form.refused = getattr(request, "refused", "")
        return form

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if obj else ()

    def get_fields(self, request, obj=None):
        if obj is None:
            return ("reference", "language", "origin", "title", "summary")
        typed = ("title", "summary", "checked") if self.has_change_permission(request, obj) else ("title", "summary")
        typed = ("words",) if is_sealed(obj) else typed
        return ("input", "original", "language_said", "origin", "shown_state", "look", "when", "trouble", *typed)

    def has_change_permission(self, request, obj=None):
        may = obj is None or (obj.state == State.SHOWN and not is_sealed(obj))
        return super().has_change_permission(request, obj) and may

    # Writing goes through the operations -----------------------------------------------------------------------------

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            form = self.get_form(request)(request.POST)
            if form.is_valid() and self._write(request, form):
                return redirect("admin:submissions_inputtranslation_changelist")
        return super().add_view(request, form_url, {"title": _("Write a translation"), **(extra_context or {})})

    def _write(self, request, form) -> bool:
        typed = form.cleaned_data
        seen = Submission.objects.visible_to(request.user)
        submission = seen.filter(reference=typed["reference"].strip().upper()).first()
        try:
            if submission is None:
                raise Refused(_("You see no such input."))
            if typed["origin"] == Origin.MACHINE:
                operations.ask_machine(submission, language=typed["language"], by=request.user, at=now())
                look_soon("submissions.tasks.make_translations")
            else:
                words = {name: typed[name] for name in ("language", "title", "summary", "origin")}
                operations.write_translation(submission, **words, by=request.user, at=now())
        except Refused as why:
            request.refused = str(why)
            return False
        messages.success(request, _("The translation is kept."))
        return True

    def save_model(self, request, obj, form, change):
        typed = form.cleaned_data
        words = {name: typed[name] for name in ("title", "summary", "checked")}
        try:
            operations.correct_translation(obj, **words, by=request.user, at=now())
        except Refused as why:
            messages.error(request, str(why))

    # Columns ---------------------------------------------------------------------------------------------------------

    @admin.display(description=_("input"), ordering="submission__reference")
    def input(self, row):
        return review_link(row.submission_id, row.submission.reference)

    @admin.display(description=_("title"))
    def words(self, row):
        return _("Redacted in the original") if is_sealed(row) else written(row.title, row.language)

    @admin.display(description=_("language"))
    def language_said(self, row):
        return row.get_language_display()

    @admin.display(description=_("original title"))
    def original(self, row):
        content = row.version.shown
        return written(content["title"], content["language"])

    @admin.display(description=_("state"), ordering="state")
    def shown_state(self, row):
        return badge(row.get_state_display(), TONES.get(row.state, "plain"))

    @admin.display(description=_("checked by"))
    def look(self, row):
        return row.checked_by or "–"

    @admin.display(description=_("at"), ordering="at")
    def when(self, row):
        return moment(row.at, "UTC")

    # Several at once -------------------------------------------------------------------------------------------------

    @admin.action(description=_("Show what authors offered"), permissions=["translate"])
    def take(self, request, queryset):
        self._each(request, queryset, lambda row: operations.take_offer(row, by=request.user, at=now()))

    @admin.action(description=_("I read the selected ones beside their originals"), permissions=["translate"])
    def vouch(self, request, queryset):
        def check(row):
            words = {"title": row.title, "summary": row.summary}
            operations.correct_translation(row, **words, checked=True, by=request.user, at=now())

        self._each(request, queryset, check)

    @admin.action(description=_("Set the selected translations aside"), permissions=["translate"])
    def set_aside(self, request, queryset):
        self._each(request, queryset, lambda row: operations.set_translation_aside(row, by=request.user, at=now()))

    def _each(self, request, queryset, act):
        def done(n):
            return ngettext("%(n)d translation was changed.", "%(n)d translations were changed.", n) % {"n": n}

        self.act_on_each(request, queryset, act, done)
