"""Rooms: official documents and regional reviews."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import Room
from forums.models import Milestone, OfficialDocument, RegionalReview


class DutyField(forms.ModelChoiceField):
    def label_from_instance(self, milestone):
        return f"{milestone.forum.slug} · {milestone}"


@admin.register(OfficialDocument)
class OfficialDocumentRoom(Room):
    list_display = ("title", "symbol", "kind", "forum", "dated_on", "meets", "read_it")
    list_select_related = ("forum", "meets")
    list_filter = ("kind", "forum")
    search_fields = ("symbol", "title")
    ordering = ("-dated_on", "pk")
    fields = ("forum", "kind", "symbol", "title", "dated_on", "date_is", "url", "meets", "note", "source")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Duties of several forums are called alike, so each is named with its forum."""
        if db_field.name == "meets":
            duties = Milestone.objects.select_related("forum").order_by("-forum__year", "-weeks_before", "pk")
            return DutyField(duties, label=_("meets the duty"), required=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("read it"))
    def read_it(self, document):
        if not document.link.startswith(("http://", "https://")):
            return "–"
        return format_html('<a href="{}" rel="noreferrer">{}</a>', document.link, document.symbol or _("Open the page"))


@admin.register(RegionalReview)
class RegionalReviewRoom(Room):
    list_display = ("name", "round", "region", "first_day", "last_day", "hearing_on", "place", "led_by")
    list_filter = ("round", "region")
    search_fields = ("name", "region", "place")
    fields = (
        "round",
        "name",
        "region",
        "first_day",
        "last_day",
        "hearing_on",
        "place",
        "format",
        "led_by",
        "note",
        "source",
    )
