"""Rooms: national reviews that were published elsewhere; what a State sends to a forum is an input."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import Room
from forums.models import NationalReview


@admin.register(NationalReview)
class NationalReviewRoom(Room):
    list_display = ("title", "country", "year", "forum", "presented_on", "read_it")
    list_select_related = ("country", "forum")
    list_filter = ("year", "forum")
    search_fields = ("title", "country__name")
    fields = ("country", "year", "title", "language", "forum", "presented_on", "url", "note", "source")
    autocomplete_fields = ("country",)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """One of the six, or not said: the page marks a title with the language it is in."""
        if db_field.name == "language":
            choices = [("", _("another, or not known")), *settings.LANGUAGES]
            return forms.ChoiceField(label=_("language of the title"), choices=choices, required=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("read it"))
    def read_it(self, review):
        if not review.url.startswith(("http://", "https://")):
            return "–"
        return format_html('<a href="{}" rel="noreferrer">{}</a>', review.url, _("Open the page"))
