"""Room: calls, their windows typed on the clock of the forum's city; a later closing is an extension."""

from django import forms
from django.contrib import admin
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forums import operations
from forums.admin.rooms import ReadOnlyInline, TranslatedRoom, badge
from forums.admin.stale import SeenForm
from forums.models import Call, Extension, RoundTable
from forums.models.call import Level
from forums.templatetags.moments import in_words, moment
from forums.windows import Phase
from forums.zoned_fields import InForumZone, WallClockField

TONES = {Phase.NOT_YET: "wait", Phase.OPEN: "now", Phase.CLOSED: "done"}


class RoundTableOfForum(forms.ModelChoiceField):
    def label_from_instance(self, table):
        return f"{table.forum.slug} · {table.number}. {table.title}"


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
    reason = forms.CharField(label=_("Reason for a later closing"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    authority = forms.CharField(label=_("Who decided the later closing"), required=False, max_length=200)

    def extends(self, at):
        """Whether a closing that people already rely on becomes later."""
        was, opened = self.initial.get("closes_at"), self.initial.get("opens_at")
        became = self.cleaned_data.get("closes_at")
        return bool(was and became and opened and opened <= at and became > was)

    def clean(self):
        cleaned = super().clean()
        forum = cleaned.get("forum") or (self.instance.forum if self.instance.forum_id else None)
        table = cleaned.get("round_table")
        if table and forum and table.forum_id != forum.pk:
            self.add_error("round_table", _("This round table belongs to another forum. Choose one of this forum."))
        if self.extends(now()):
            for name in ("reason", "authority"):
                if not cleaned.get(name, "").strip():
                    self.add_error(name, _("An extension is public: say why it is given and who decided it."))
        return cleaned


class ExtensionInline(ReadOnlyInline):
    model = Extension
    fields = ("former", "new", "reason", "authority")
    readonly_fields = ("former", "new")

    @admin.display(description=_("former closing"))
    def former(self, extension):
        return in_words(extension.was, extension.call.forum.zone)

    @admin.display(description=_("new closing"))
    def new(self, extension):
        return in_words(extension.became, extension.call.forum.zone)


@admin.register(Call)
class CallRoom(TranslatedRoom):
    form = CallForm
    list_display = ("name", "forum", "purpose", "phase", "opens", "closes", "audience")
    list_select_related = ("forum",)
    list_filter = ("forum", "purpose", "audience")
    search_fields = ("name", "slug")
    inlines = (ExtensionInline,)
    fieldsets = (
        (None, {"fields": ("forum", "slug", "purpose", "recorded_by_desk_only")}),
        (_("Window"), {"fields": ("opens_at", "closes_at", "reason", "authority")}),
        (_("Who may answer"), {"fields": ("audience", "bases")}),
        (_("Limits"), {"fields": ("levels", "round_table", "most_objectives", "most_words", "most_files")}),
        (_("Name and guidance"), {"fields": ("name", "guidance")}),
    )

    def get_readonly_fields(self, request, obj=None):
        return () if obj is None else ("forum", "slug", "purpose")

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

    def save_model(self, request, obj, form, change):
        """A later closing of a call that has opened is stored as an extension, with its reason; the rest as typed."""
        at = now()
        if change and form.extends(at):
            words = form.cleaned_data
            operations.extend(obj, closes_at=obj.closes_at, reason=words["reason"], authority=words["authority"], at=at)
        super().save_model(request, obj, form, change)
