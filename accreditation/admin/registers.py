"""Rooms: the authoritative lists with their entries, which are looked up, never written."""

from django.contrib import admin
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accreditation.models import Register, RegisterEntry
from forums.admin.rooms import ReadOnlyRoom

CLOSE_ENOUGH = 0.45


def look_up(entries, words):
    """Entries whose name, acronym or a former name is like these words, the likest first."""
    likeness = TrigramWordSimilarity(words, "name")
    same = Q(acronym__iexact=words) | Q(former_names__icontains=words)
    found = entries.annotate(likeness=likeness).filter(Q(likeness__gte=CLOSE_ENOUGH) | same)
    return found.order_by("-likeness", "name")


@admin.register(Register)
class RegisterRoom(ReadOnlyRoom):
    list_display = ("kind", "as_of", "source")
    fields = ("kind", "as_of", "source", "limits")


@admin.register(RegisterEntry)
class RegisterEntryRoom(ReadOnlyRoom):
    list_display = ("name", "acronym", "register", "country", "status", "status_as_of", "gone_on")
    list_select_related = ("register", "country")
    list_filter = ("register", "status")
    search_fields = ("name",)
    search_help_text = _("Finds names that are spelt alike; a copy of a list proves nothing by itself.")
    fields = (
        "register",
        "name",
        "former_names",
        "acronym",
        "country",
        "status",
        "status_as_of",
        "network",
        "note",
        "source",
        "gone_on",
    )

    def get_search_results(self, request, queryset, search_term):
        words = search_term.strip()
        return (look_up(queryset, words) if words else queryset), False
