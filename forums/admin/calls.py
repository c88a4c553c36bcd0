"""Room: calls, their windows typed on the clock of the forum's city; a closing that people know moves by an extension."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Max
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from forums import operations
from forums.admin.extending import Extending
from forums.admin.rooms import Choice, ReadOnlyInline, TranslatedRoom, badge
from forums.admin.stale import SeenForm
from forums.feeding import FED
from forums.models import Call, Extension, Milestone, RoundTable
from forums.models.call import Level
from forums.operations.calling import ask_call
from forums.refusals import Refused
from forums.templatetags.moments import day_in_words, in_words, moment
from forums.windows import Phase
from forums.zoned_fields import InForumZone, WallClockField

TONES = {Phase.NOT_YET: "wait", Phase.OPEN: "now", Phase.CLOSED: "done"}


class RoundTableOfForum(forms.ModelChoiceField):
    def label_from_instance(self, table):
        return f"{table.forum.slug} · {table.number}. {table.title}"


class DutyOfForum(forms.ModelChoiceField):
    """Duties of several forums are called alike: each is named with its forum, its paragraph and its day."""

    def label_from_instance(self, duty):
        day = day_in_words(duty.due_on) if duty.due_on else _("not yet dated")
        return f"{duty.forum.slug} · {duty} · {duty.basis} · {day}"


class CallForm(InForumZone, SeenForm):
    opens_at = WallClockField(label=_("Opens"), required=False)
    closes_at = WallClockField(label=_("Closes (this instant is already outside)"), required=False)
    levels = forms.MultipleChoiceField(
        label=_("Levels"),
        choices=Level,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means every level."),
    )
    round_table = RoundTableOfForum(RoundTable.objects.select_related("forum"), label=_("Round table"), required=False)
    feeds = DutyOfForum(
        Milestone.objects.select_related("forum").filter(kind__in=FED).order_by("-forum__year", "-weeks_before", "pk"),
        label=_("Duty that it feeds"),
        required=False,
        help_text=_("A call that feeds the report or a background note closes before the day on which that is due."),
    )

    def clean(self):
        cleaned = super().clean()
        forum = cleaned.get("forum") or (self.instance.forum if self.instance.forum_id else None)
        table = cleaned.get("round_table")
        if table and forum and table.forum_id != forum.pk:
            self.add_error("round_table", _("This round table belongs to another forum. Choose one of this forum."))
        return cleaned

    def _post_clean(self):
        """What the operation would refuse is said on the form, with everything that was typed still there."""
        super()._post_clean()
        if self.errors:
            return
        was = None if self.instance._state.adding else Call.objects.select_related("forum").get(pk=self.instance.pk)
        try:
            ask_call(self.instance, was, at=now())
        except Refused as why:
            self.add_error(None, str(why))


class PhaseFilter(Choice):
    title = _("phase")
    parameter_name = "phase"

    def lookups(self, request, model_admin):
        return [(phase.value, phase.label) for phase in (Phase.OPEN, Phase.NOT_YET, Phase.CLOSED)]

    def narrow(self, request, queryset, value):
        at = now()
        if value == Phase.OPEN.value:
            return queryset.open(at)
        return queryset.filter(closes_at__lte=at) if value == Phase.CLOSED.value else queryset.not_yet_open(at)


class ExtensionInline(ReadOnlyInline):
    model = Extension
    fields = ("kind", "former", "new", "reason", "authority", "told", "by", "when")
    readonly_fields = ("former", "new", "when")

    @admin.display(description=_("former closing"))
    def former(self, extension):
        return in_words(extension.was, extension.call.forum.zone)

    @admin.display(description=_("new closing"))
    def new(self, extension):
        return in_words(extension.became, extension.call.forum.zone)

    @admin.display(description=_("decided"))
    def when(self, extension):
        return in_words(extension.at, extension.call.forum.zone)


@admin.register(Call)
class CallRoom(Extending, TranslatedRoom):
    form = CallForm
    list_display = ("name", "forum", "purpose", "kind", "phase", "opens", "closes", "moved", "audience")
    list_select_related = ("forum",)
    list_filter = (PhaseFilter, "forum", "purpose", "kind", "audience")
    search_fields = ("name", "slug")
    inlines = (ExtensionInline,)
    readonly_fields = ("opens", "closes", "grace")
    fieldsets = (
        (None, {"fields": ("forum", "slug", "purpose", "kind", "recorded_by_desk_only")}),
        (_("Window"), {"fields": ("opens_at", "closes_at", "feeds", "grace")}),
        (_("Who may answer"), {"fields": ("audience", "bases", "levels")}),
        (_("Limits"), {"fields": ("round_table", "most_objectives", "most_words", "most_files", "most_megabytes")}),
        (_("Joint inputs"), {"fields": ("joint_rule", "one_own_input")}),
        (_("Name, guidance and guiding questions"), {"fields": ("name", "guidance", "questions", "contact")}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(moved_at=Max("extensions__at"))

    def get_readonly_fields(self, request, obj=None):
        """An address never changes; what people rely on is not typed over but moved by an extension."""
        fixed = () if obj is None else ("forum", "slug", "purpose")
        return (*fixed, *self._relied_on(obj), *self.readonly_fields)

    def _relied_on(self, call):
        if call is None or call.phase(now()) is Phase.NOT_YET:
            return ()
        return ("opens_at", "closes_at") if call.closes_at else ("opens_at",)

    def get_fieldsets(self, request, obj=None):
        """What is relied on is shown as a moment of the forum's city in the place where it was typed before."""
        shown = {"opens_at": "opens", "closes_at": "closes"}
        fixed = self._relied_on(obj)
        return [
            (title, {**box, "fields": [shown[name] if name in fixed else name for name in box["fields"]]})
            for title, box in super().get_fieldsets(request, obj)
        ]

    @admin.display(description=_("phase"))
    def phase(self, call):
        phase = call.phase(now())
        return badge(phase.label, TONES[phase])

    @admin.display(description=_("opens"), ordering="opens_at")
    def opens(self, call):
        return moment(call.opens_at, call.forum) or "–"

    @admin.display(description=_("closes"), ordering="closes_at")
    def closes(self, call):
        return moment(call.closes_at, call.forum) or "–"

    @admin.display(description=_("closing moved"), ordering="moved_at")
    def moved(self, call):
        return moment(call.moved_at, call.forum) or "–"

    @admin.display(description=_("grace (seen by the desk only)"))
    def grace(self, call):
        seconds = settings.GRACE_SECONDS
        if not seconds:
            return _("None: what arrives at the closing instant or later is not taken.")
        return ngettext(
            "What is under way when the call closes is still taken for %(seconds)d second.",
            "What is under way when the call closes is still taken for %(seconds)d seconds.",
            seconds,
        ) % {"seconds": seconds}

    def save_model(self, request, obj, form, change):
        operations.set_call(obj, at=now())
