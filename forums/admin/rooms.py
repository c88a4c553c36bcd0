"""What every room of the desk shares: nothing is deleted, every change has a history, long lists cost no more."""

from functools import lru_cache

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.utils.translation import gettext as as_django_says
from modeltranslation.admin import TranslationAdmin

from forums.admin.acting import Actions
from forums.admin.changes import BESIDE, changes_of
from forums.admin.lists import PageByKeys, RoomList
from forums.admin.picking import Picked
from forums.admin.stale import SeenForm
from forums.refusals import Refused
from forums.templatetags.languages import direction

MOST_SHOWN = 50
MOST_AT_ONCE = 200


class Room(admin.ModelAdmin):
    """A room: lists of fifty, no deleting (superusers neither), no redirects to what one may not see."""

    form = SeenForm
    action_form = Actions
    paginator = PageByKeys
    list_per_page = list_max_show_all = MOST_SHOWN
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    object_history_template = "admin/room_history.html"
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_delete_permission(self, request, obj=None):
        return False

    def get_changelist(self, request, **kwargs):
        return RoomList

    def action_checkbox(self, row):
        """As Django's, which makes a widget and renders a template for each of fifty lines."""
        label = _says_box(get_language()).format(escape(row))
        box = f'<input type="checkbox" name="{ACTION_CHECKBOX_NAME}" value="{escape(row.pk)}" class="action-select"'
        return mark_safe(f'{box} aria-label="{label}">')  # noqa: S308  both are escaped

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Picked by typing where the room says so and its key is a number; nonsense is no choice."""
        numbered = isinstance(db_field.target_field, models.AutoField)
        if db_field.name in self.get_autocomplete_fields(request) and numbered:
            kwargs.setdefault("widget", Picked(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Lists to tick from, which need no script."""
        return super().formfield_for_manytomany(db_field, request, **{"widget": forms.CheckboxSelectMultiple, **kwargs})

    def lookup_allowed(self, lookup, value, request):
        """Only the filters of the list. Django would answer about any column: a password, the text of a private letter."""
        for each in self.get_list_filter(request):
            if not isinstance(each, str):
                if lookup == each.parameter_name:
                    return True
            elif lookup == each or lookup.removeprefix(f"{each}__") in self._asked_of(each):
                return True
        return False

    def _asked_of(self, field):
        remote = self.model._meta.get_field(field).remote_field
        return ("exact", "isnull", *([f"{remote.model._meta.pk.name}__exact"] if remote else []))

    def get_fields(self, request, obj=None):
        return [name for name in super().get_fields(request, obj) if name != "seen"]

    def get_object(self, request, object_id, from_field=None):
        """As Django's; while a form is being saved, the row waits for nobody else."""
        found = super().get_object(request, object_id, from_field)
        if found is not None and request.method == "POST" and self.has_change_permission(request):
            list(self.model._base_manager.select_for_update().filter(pk=found.pk).values_list("pk"))
            found = super().get_object(request, object_id, from_field)
        return found

    def changelist_view(self, request, extra_context=None):
        """As Django's; a filter that does not exist is said, where Django would silently show everything."""
        if "e" in request.GET:
            messages.warning(request, _("The address named a filter that does not exist, so the whole list is shown."))
            request.GET = request.GET.copy()
            request.GET.pop("e")
        name = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": name, **(extra_context or {})})

    def history_view(self, request, object_id, extra_context=None):
        """Who changed which field from what to what; asks for the right to look before it looks."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        found = self.get_object(request, unquote(object_id))
        changes = changes_of(found) if found is not None else []
        more = {name: value for add in BESIDE if found is not None for name, value in add(request, found).items()}
        return super().history_view(request, object_id, {"changes": changes, **more, **(extra_context or {})})

    def act_on_each(self, request, queryset, act, done):
        """Call an operation row by row and report what was done, what was skipped and why; `done` is a plural sentence."""
        rows = list(queryset[: MOST_AT_ONCE + 1])
        if len(rows) > MOST_AT_ONCE:
            messages.warning(request, _("Choose at most %(most)d at once. Nothing was done.") % {"most": MOST_AT_ONCE})
            return
        count = 0
        for row in rows:
            try:
                act(row)
            except Refused as why:
                messages.warning(request, format_html(_("Skipped <bdi>{row}</bdi>: {why}"), row=str(row), why=str(why)))
            else:
                count += 1
        if count:
            messages.success(request, done(count))


class InLanguages:
    """Mixed into a room or an inline: texts in the six languages, one field each, in its own direction."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and hasattr(db_field, "translated_field"):
            language = db_field.language
            name = capfirst(db_field.translated_field.verbose_name)
            field.label = f"{name} · {get_language_info(language)['name_local']}"
            field.widget.attrs |= {"lang": language, "dir": direction(language)}
        return field


class TranslatedRoom(InLanguages, Room, TranslationAdmin):
    """A room whose texts exist in the six languages."""


class Choice(admin.SimpleListFilter):
    """A filter whose unknown values are refused, not ignored; a subclass says what a known one means in `narrow`."""

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        if self.value() not in {str(value) for value, _word in self.lookup_choices}:
            raise IncorrectLookupParameters(f"{self.parameter_name}={self.value()}")  # answered with a sentence
        return self.narrow(request, queryset, self.value())


class ReadOnly:
    """Mixed into a room or an inline: it is looked at, never written."""

    can_delete = False
    extra = 0

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyRoom(ReadOnly, Room):
    pass


class ReadOnlyInline(ReadOnly, admin.TabularInline):
    show_change_link = False


@lru_cache(maxsize=len(settings.LANGUAGES))
def _says_box(language):
    return as_django_says("Select this object for an action - {}")


def badge(word, tone="plain"):
    """A status in a list: word, sign and colour together, as components/_status.html draws it."""
    return format_html('<span class="status {}">{}</span>', tone, word)


def written(text, language):
    """A text that somebody wrote, in its own language and direction."""
    named, said = escape(language or "und"), conditional_escape(text)
    return mark_safe(f'<span lang="{named}" dir="{direction(language)}">{said}</span>')  # noqa: S308  all is escaped
