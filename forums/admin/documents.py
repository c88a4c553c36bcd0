"""Rooms: official documents and regional reviews."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import Room
from forums.models import OfficialDocument, RegionalReview


@admin.register(OfficialDocument)
class OfficialDocumentRoom(Room):
    list_display = ("title", "symbol", "kind", "forum", "dated_on", "meets", "read_it")
    list_select_related = ("forum", "meets")
    list_filter = ("kind", "forum")
    search_fields = ("symbol", "title")
    ordering = ("-dated_on", "pk")
    autocomplete_fields = ("meets",)
    fields = ("forum", "kind", "symbol", "title", "dated_on", "date_is", "url", "meets", "note", "source")

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
