"""How often public pages are read: looked at and taken away as a table, never written by hand."""

from django.contrib import admin

from forums.admin.exporting import Exported
from forums.admin.rooms import ReadOnlyRoom
from forums.models import PageCount


@admin.register(PageCount)
class PageCountRoom(Exported, ReadOnlyRoom):
    list_display = ("day", "page", "language", "number")
    list_filter = ("page", "language")
    date_hierarchy = "day"
    fields = ("day", "page", "language", "number")
    export_codes = ("page", "language")
