"""Room: forums, with their former dates, round tables and duties."""

from django import forms
from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forums import operations
from forums.admin.rooms import ReadOnlyInline, TranslatedRoom, badge
from forums.admin.stale import SeenForm
from forums.models import FormerDates, Forum, Milestone, RoundTable
from forums.templatetags.moments import day_in_words

TONES = {"announced": "plain", "dated": "wait", "convened": "now", "held": "done"}


class ForumForm(SeenForm):
    reason = forms.CharField(
        label=_("Reason for other dates"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Needed when dates that were announced change. The old dates stay, with this reason, on the public page."
        ),
    )

    def clean(self):
        cleaned = super().clean()
        dates = {name: self.initial.get(name) for name in ("first_day", "last_day")}
        moves = dates["first_day"] and any(cleaned.get(name, was) != was for name, was in dates.items())
        if moves and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Give the reason for the new dates: it is shown beside the old ones."))
        return cleaned


class FormerDatesInline(ReadOnlyInline):
    model = FormerDates
    fields = ("first_day", "last_day", "replaced_on", "reason")


class RoundTableInline(ReadOnlyInline):
    model = RoundTable
    fields = ("number", "title", "note_leads", "indicative")
    show_change_link = True


class MilestoneInline(ReadOnlyInline):
    model = Milestone
    fields = ("name", "due", "standing", "met_on", "basis")
    readonly_fields = ("due", "standing")
    show_change_link = True

    @admin.display(description=_("due on"))
    def due(self, milestone):
        return day_in_words(milestone.due_on) if milestone.due_on else "–"

    @admin.display(description=_("standing"))
    def standing(self, milestone):
        return render_to_string("components/_standing.html", {"state": milestone.state(now())})


@admin.register(Forum)
class ForumRoom(TranslatedRoom):
    form = ForumForm
    list_display = ("name", "slug", "first_day", "last_day", "city", "state")
    list_filter = ("status",)
    search_fields = ("name", "slug", "city")
    inlines = (MilestoneInline, RoundTableInline, FormerDatesInline)
    fieldsets = (
        (None, {"fields": ("slug", "year", "ordinal", "status", "demonstration")}),
        (_("Dates"), {"fields": ("first_day", "last_day", "reason")}),
        (_("Place"), {"fields": ("city", "venue", "time_zone")}),
        (_("Responsible"), {"fields": ("chair", "desk_email", "source")}),
        (_("Name"), {"fields": ("name",)}),
    )

    def get_readonly_fields(self, request, obj=None):
        """An address never changes, and a forum does not become a demonstration by a tick."""
        return ("demonstration",) if obj is None else ("slug", "demonstration")

    @admin.display(description=_("state"), ordering="status")
    def state(self, forum):
        return badge(forum.get_status_display(), TONES[forum.status])

    def save_model(self, request, obj, form, change):
        """Dates move by the operation that keeps the old ones; everything else is saved as typed."""
        if change:
            operations.move_forum(
                obj,
                first_day=obj.first_day,
                last_day=obj.last_day,
                reason=form.cleaned_data["reason"],
                on=now().astimezone(obj.zone).date(),
            )
        super().save_model(request, obj, form, change)
