"""Room: milestones. Due days and standings are computed; the desk records when a duty was met, or why it was waived."""

from django.contrib import admin
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import Choice, TranslatedRoom
from forums.models import Milestone
from forums.templatetags.moments import day_in_words
from forums.timeline import Standing

STANDINGS = {
    Standing.OVERDUE: _("Overdue"),
    Standing.DUE_SOON: _("Due soon"),
    Standing.AHEAD: _("Ahead"),
    Standing.MET: _("Met"),
    Standing.MET_LATE: _("Met late"),
    Standing.WAIVED: _("Waived"),
    Standing.NOT_RECORDED: _("Not recorded"),
    Standing.UNDATED: _("Not yet dated"),
}


def standing_so(milestones, standing, at):
    """Those of these milestones that stand so at that instant; a forum has a dozen, so each is looked at."""
    return [one for one in milestones.select_related("forum") if one.state(at).standing is standing]


class StandingFilter(Choice):
    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [(standing.value, word) for standing, word in STANDINGS.items()]

    def narrow(self, request, queryset, value):
        return queryset.filter(pk__in=[one.pk for one in standing_so(queryset, Standing(value), now())])


@admin.register(Milestone)
class MilestoneRoom(TranslatedRoom):
    list_display = ("name", "forum", "due", "standing", "met_on", "basis")
    list_select_related = ("forum", "round_table")
    list_filter = (StandingFilter, "forum", "kind")
    search_fields = ("name", "basis")
    ordering = (F("forum__first_day").desc(nulls_last=True), "-weeks_before", "-days_before")
    readonly_fields = ("due", "standing")
    fieldsets = (
        (None, {"fields": ("forum", "kind", "round_table", "basis")}),
        (_("Due"), {"fields": ("weeks_before", "days_before", "on_last_day", "due", "standing")}),
        (_("What became of it"), {"fields": ("met_on", "waived_because")}),
        (_("Name"), {"fields": ("name",)}),
    )

    def get_readonly_fields(self, request, obj=None):
        fixed = () if obj is None else ("forum", "kind", "round_table")
        return (*fixed, *super().get_readonly_fields(request, obj))

    @admin.display(description=_("due on"))
    def due(self, milestone):
        return day_in_words(milestone.due_on) if milestone.forum_id and milestone.due_on else "–"

    @admin.display(description=_("standing"))
    def standing(self, milestone):
        if not milestone.forum_id:
            return "–"
        return render_to_string("components/_standing.html", {"state": milestone.state(now())})
