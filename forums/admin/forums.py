"""Room: forums, with their former dates, round tables and duties. Days, convening and holding have pages of their own."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forums.admin.board import Board
from forums.admin.convening import Convening
from forums.admin.dating import Dating
from forums.admin.rooms import ReadOnlyInline, TranslatedRoom, badge
from forums.admin.stale import SeenForm
from forums.models import FormerDates, Forum, Milestone, RoundTable
from forums.templatetags.moments import day_in_words

TONES = {"announced": "plain", "dated": "wait", "convened": "now", "held": "done"}


def people_of_the_desk(*already):
    """Those who work at the desk, and those who are chosen already, though they may have left."""
    keys = [key for key in already if key]
    people = get_user_model().objects.filter(Q(is_active=True, is_staff=True) | Q(pk__in=keys))
    return people.order_by("name", "email")


class ForumForm(SeenForm):
    """Only people of the desk manage a forum; who left stays chosen until somebody takes them out."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "managers" in self.fields:
            chosen = self.instance.managers.values_list("pk", flat=True) if self.instance.pk else ()
            self.fields["managers"].queryset = people_of_the_desk(*chosen)


class FormerDatesInline(ReadOnlyInline):
    model = FormerDates
    fields = ("first_day", "last_day", "replaced_on", "by", "reason")


class RoundTableInline(ReadOnlyInline):
    model = RoundTable
    fields = ("number", "title", "note_leads", "indicative")
    show_change_link = True


class MilestoneInline(ReadOnlyInline):
    model = Milestone
    fields = ("name", "due", "standing", "met_on", "by_which")
    readonly_fields = ("due", "standing", "by_which")
    show_change_link = True

    @admin.display(description=_("due on"))
    def due(self, milestone):
        return day_in_words(milestone.due_on) if milestone.due_on else "–"

    @admin.display(description=_("resolution and paragraph"))
    def by_which(self, milestone):
        return milestone.basis

    @admin.display(description=_("standing"))
    def standing(self, milestone):
        return render_to_string("components/_standing.html", {"state": milestone.state(now())})


@admin.register(Forum)
class ForumRoom(Board, Dating, Convening, TranslatedRoom):
    form = ForumForm
    list_display = ("name", "slug", "first_day", "last_day", "city", "state")
    list_filter = ("status",)
    search_fields = ("name", "slug", "city")
    inlines = (MilestoneInline, RoundTableInline, FormerDatesInline)
    fieldsets = (
        (None, {"fields": ("slug", "year", "ordinal", "status", "demonstration")}),
        (_("Dates"), {"fields": ("first_day", "last_day")}),
        (_("Place"), {"fields": ("city", "venue", "time_zone")}),
        (_("Responsible"), {"fields": ("chair", "managers", "desk_email", "source")}),
        (_("Name"), {"fields": ("name",)}),
    )

    def get_fieldsets(self, request, obj=None):
        """A forum begins without dates: they are set on a page of their own, which shows what follows."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else [part for part in fieldsets if "first_day" not in part[1]["fields"]]

    def get_readonly_fields(self, request, obj=None):
        """An address never changes, days and status change by operations, and no tick makes a forum a demonstration."""
        fixed = ("status", "demonstration", "first_day", "last_day")
        return fixed if obj is None else ("slug", *fixed)

    def get_inline_instances(self, request, obj=None):
        return super().get_inline_instances(request, obj) if obj else []

    @admin.display(description=_("state"), ordering="status")
    def state(self, forum):
        return badge(forum.get_status_display(), TONES[forum.status])
