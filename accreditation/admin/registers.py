"""Rooms: the bases of accreditation, and the authoritative lists with their entries, which are looked up, never written."""

from django.contrib import admin
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accreditation.models import Basis, Register, RegisterEntry
from forums.admin.rooms import ReadOnlyRoom, TranslatedRoom

CLOSE_ENOUGH = 0.45
LIKELY = 5


def look_up(entries, words):
    """Entries whose name, acronym or a former name is like these words, the likest first."""
    likeness = TrigramWordSimilarity(words, "name")
    same = Q(acronym__iexact=words) | Q(former_names__icontains=words)
    found = entries.annotate(likeness=likeness).filter(Q(likeness__gte=CLOSE_ENOUGH) | same)
    return found.order_by("-likeness", "name")


def likely_entries(accreditation):
    """Entries of the register of this basis that are called like the organisation; looked up once."""
    if not hasattr(accreditation, "likely"):
        entries = RegisterEntry.objects.filter(register=accreditation.basis.register).select_related("country")
        accreditation.likely = list(look_up(entries, accreditation.organisation.name)[:LIKELY])
    return accreditation.likely


@admin.register(Basis)
class BasisRoom(TranslatedRoom):
    list_display = ("name", "code", "paragraph", "decided_by", "register", "non_objection")
    search_fields = ("name", "code")
    readonly_fields = ("code",)
    fieldsets = (
        (None, {"fields": ("code", "position", "paragraph", "decided_by", "register", "non_objection", "evidence")}),
        (_("Name"), {"fields": ("name",)}),
        (_("Explanation"), {"fields": ("explanation",)}),
    )

    def has_add_permission(self, request):
        return False


@admin.register(Register)
class RegisterRoom(ReadOnlyRoom):
    list_display = ("kind", "as_of", "source")
    fields = ("kind", "as_of", "source", "limits")


@admin.register(RegisterEntry)
class RegisterEntryRoom(ReadOnlyRoom):
    list_display = ("name", "acronym", "register", "country", "status", "status_as_of")
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
    )

    def get_search_results(self, request, queryset, search_term):
        words = search_term.strip()
        return (look_up(queryset, words) if words else queryset), False
