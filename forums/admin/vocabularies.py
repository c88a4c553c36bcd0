"""Rooms: the lists people pick from, in six languages; a wording that was not seen in a source stays marked."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from forums import operations
from forums.admin.rooms import Choice, TranslatedRoom, badge
from forums.models import Country, GuidingPrinciple, Objective, Region, RoundTable


class UnverifiedFilter(Choice):
    title = _("wordings not verified in")
    parameter_name = "unverified"

    def lookups(self, request, model_admin):
        return settings.LANGUAGES

    def narrow(self, request, queryset, value):
        return queryset.exclude(verified_languages__contains=[value])


class VerifiedRoom(TranslatedRoom):
    """Staff may change a wording, and tick the languages in which they saw it in a source."""

    list_filter = (UnverifiedFilter,)

    def has_add_permission(self, request):
        return False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "verified_languages":
            return forms.MultipleChoiceField(
                label=_("Verified in a source"),
                choices=settings.LANGUAGES,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("this wording"))
    def verified(self, thing):
        if get_language() in thing.verified_languages:
            return badge(_("Seen in a source"), "done")
        return badge(_("Not verified"), "wait")


@admin.register(Objective)
class ObjectiveRoom(VerifiedRoom):
    list_display = ("number", "title", "label", "verified")
    list_display_links = ("number", "title")
    search_fields = ("number", "title", "label")
    readonly_fields = ("number",)
    fieldsets = (
        (None, {"fields": ("number", "verified_languages", "source")}),
        (_("Wording"), {"fields": ("title",)}),
        (_("Short label"), {"fields": ("label",)}),
    )


@admin.register(GuidingPrinciple)
class GuidingPrincipleRoom(VerifiedRoom):
    list_display = ("letter", "title", "verified")
    list_display_links = ("letter", "title")
    search_fields = ("letter", "title")
    readonly_fields = ("number", "letter")
    fieldsets = (
        (None, {"fields": ("number", "letter", "verified_languages", "source")}),
        (_("Wording"), {"fields": ("title",)}),
    )


@admin.register(Region)
class RegionRoom(TranslatedRoom):
    list_display = ("name", "code", "commission")
    search_fields = ("name", "code")
    readonly_fields = ("code",)
    fieldsets = (
        (None, {"fields": ("code",)}),
        (_("Name"), {"fields": ("name",)}),
        (_("Regional commission"), {"fields": ("commission",)}),
    )


@admin.register(Country)
class CountryRoom(TranslatedRoom):
    list_display = ("name", "iso3", "m49", "regional_group", "ldc", "lldc", "sids")
    list_filter = ("un_status", "regional_group", "regions", "ldc", "lldc", "sids")
    search_fields = ("name", "iso3", "iso2", "m49")
    readonly_fields = ("iso3", "iso2", "m49")
    fieldsets = (
        (None, {"fields": ("iso3", "iso2", "m49", "un_status", "regional_group", "regions")}),
        (_("Groups of countries"), {"fields": ("ldc", "ldc_graduation", "lldc", "sids")}),
        (_("Name"), {"fields": ("name",)}),
    )


@admin.register(RoundTable)
class RoundTableRoom(TranslatedRoom):
    list_display = ("number", "title", "forum", "note_leads", "map_state")
    list_display_links = ("number", "title")
    list_select_related = ("forum",)
    list_filter = ("forum", "indicative")
    search_fields = ("title", "note_leads")
    fieldsets = (
        (None, {"fields": ("forum", "number", "note_leads")}),
        (_("Objectives"), {"fields": ("objectives", "indicative", "source")}),
        (_("Title"), {"fields": ("title",)}),
    )

    def get_readonly_fields(self, request, obj=None):
        return () if obj is None else ("forum", "number")

    def save_model(self, request, obj, form, change):
        """A round table of a forum that has its days brings the duty of its background note."""
        super().save_model(request, obj, form, change)
        if not change and obj.forum.first_day:
            operations.lay_out(obj.forum)

    @admin.display(description=_("map of objectives"), ordering="indicative")
    def map_state(self, table):
        return badge(_("Indicative"), "wait") if table.indicative else badge(_("Decided"), "done")
