"""Room: readings of private things. Who read what, when and why; looked at by administrators, changed by nobody."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accreditation.models import Reading
from forums.admin.rooms import ReadOnlyRoom
from forums.templatetags.moments import moment


@admin.register(Reading)
class ReadingRoom(ReadOnlyRoom):
    list_display = ("label", "what", "by", "when", "reason")
    list_select_related = ("by",)
    list_filter = ("what",)
    search_fields = ("label", "of", "by__email", "by__name")
    ordering = ("-at", "-pk")
    fields = ("what", "label", "of", "by", "when", "reason")
    readonly_fields = ("when",)

    @admin.display(description=_("at"), ordering="at")
    def when(self, reading):
        return moment(reading.at, "UTC")
