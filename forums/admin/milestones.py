"""Room: milestones. Due days and standings are computed; what became of a duty is said on a page of its own."""

from django.contrib import admin
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forums.admin.duties import Deciding
from forums.admin.forums import people_of_the_desk
from forums.admin.rooms import Choice, TranslatedRoom
from forums.admin.stale import SeenForm
from forums.models import Milestone
from forums.operations.changing import LANGUAGES
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


COUNT = ("weeks_before", "days_before", "on_last_day")
SHOWN = {*COUNT, *(f"name_{language.replace('-', '_')}" for language in LANGUAGES)}  # in a calendar


class MilestoneForm(SeenForm):
    """Only people of the desk answer for a duty; who left stays chosen until somebody else is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "responsible" in self.fields:
            self.fields["responsible"].queryset = people_of_the_desk(self.instance.responsible_id)


@admin.register(Milestone)
class MilestoneRoom(Deciding, TranslatedRoom):
    form = MilestoneForm
    list_display = ("name", "forum", "due", "standing", "met_on", "by_which", "responsible")
    list_select_related = ("forum", "round_table", "responsible")
    list_filter = (StandingFilter, "forum", "kind")
    search_fields = ("name", "resolution")
    ordering = (F("forum__first_day").desc(nulls_last=True), "-weeks_before", "-days_before")
    readonly_fields = ("due", "standing", "met_on", "waived_because", "by_which")
    fieldsets = (
        (None, {"fields": ("forum", "kind", "round_table", "by_which", "responsible")}),
        (_("Due"), {"fields": (*COUNT, "due", "standing")}),
        (_("What became of it"), {"fields": ("met_on", "waived_because")}),
        (_("Name"), {"fields": ("name",)}),
    )

    def get_readonly_fields(self, request, obj=None):
        """The count of a duty that a resolution lays down is the resolution's."""
        fixed = () if obj is None else ("forum", "kind", "round_table")
        counted = COUNT if obj is not None and obj.resolution else ()
        return (*fixed, *counted, *super().get_readonly_fields(request, obj))

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else [part for part in fieldsets if "met_on" not in part[1]["fields"]]

    def save_model(self, request, obj, form, change):
        """What a calendar shows of it counts as a change of its entry."""
        if change and SHOWN & set(form.changed_data):
            obj.sequence += 1
        super().save_model(request, obj, form, change)

    @admin.display(description=_("due on"))
    def due(self, milestone):
        return day_in_words(milestone.due_on) if milestone.forum_id and milestone.due_on else "–"

    @admin.display(description=_("resolution and paragraph"))
    def by_which(self, milestone):
        return milestone.basis

    @admin.display(description=_("standing"))
    def standing(self, milestone):
        if not milestone.forum_id:
            return "–"
        return render_to_string("components/_standing.html", {"state": milestone.state(now())})
