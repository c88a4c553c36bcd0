"""Rooms: absences of people of the desk, and what each of them works on. Lines are added and ended, never edited."""

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accreditation import operations
from accreditation.models import Absence, DeskScope
from forums.admin.rooms import Room, badge
from forums.admin.stale import SeenForm
from forums.templatetags.moments import moment

OVERSEES = "submissions.view_review"


def people_of_the_desk():
    return get_user_model().objects.filter(is_active=True, is_staff=True).order_by("name", "email", "pk")


class Person(forms.ModelChoiceField):
    """Somebody of the desk, by name."""

    def __init__(self, **options):
        super().__init__(people_of_the_desk(), label=_("Person"), **options)


class AbsenceForm(SeenForm):
    user = Person()

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        return cleaned


class AddedAndEnded(Room):
    """Nothing is edited: a line that was wrong is ended, and another one added."""

    def has_change_permission(self, request, obj=None):
        return False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user":
            kwargs |= {"form_class": forms.ModelChoiceField, "queryset": people_of_the_desk()}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Absence)
class AbsenceRoom(AddedAndEnded):
    form = AbsenceForm
    list_display = ("user", "first_day", "last_day", "state", "by")
    list_select_related = ("user", "by")
    ordering = ("-first_day", "pk")
    fields = ("user", "first_day", "last_day")
    actions = ("take_back",)

    def get_queryset(self, request):
        """One's own; those who oversee the reviews see everybody's."""
        rows = super().get_queryset(request)
        return rows if request.user.has_perm(OVERSEES) else rows.filter(user=request.user)

    def get_fields(self, request, obj=None):
        return self.fields if obj or request.user.has_perm(OVERSEES) else self.fields[1:]

    def get_form(self, request, obj=None, **kwargs):
        """Of a page without a choice of the person the form knows none either."""
        form = super().get_form(request, obj, **kwargs)
        if "user" not in self.get_fields(request, obj):
            form.base_fields.pop("user", None)
        return form

    def save_model(self, request, obj, form, change):
        person = form.cleaned_data.get("user") or request.user
        said = {"first_day": obj.first_day, "last_day": obj.last_day}
        obj.pk = operations.note_absence(person, **said, by=request.user, at=now()).pk
        obj.user, obj.by = person, request.user

    @admin.display(description=_("state"))
    def state(self, absence):
        return badge(_("Taken back"), "stop") if absence.taken_back_at else badge(_("Holds"), "done")

    def has_take_back_permission(self, request):
        return request.user.has_perm("accreditation.add_absence")

    @admin.action(description=_("Take back the selected absences"), permissions=["take_back"])
    def take_back(self, request, queryset):
        self.act_on_each(
            request,
            queryset,
            lambda absence: operations.take_back_absence(absence, at=now()),
            lambda n: ngettext("%(n)d absence was taken back.", "%(n)d absences were taken back.", n) % {"n": n},
        )


@admin.register(DeskScope)
class ScopeRoom(AddedAndEnded):
    list_display = ("user", "forum", "call", "level", "region", "objective", "language", "state")
    list_select_related = ("user", "forum", "call", "region", "objective")
    ordering = ("user__name", "pk")
    fields = ("user", *DeskScope.NARROWS)
    actions = ("end",)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.clean = _names_something
        return form

    def save_model(self, request, obj, form, change):
        said = {name: getattr(obj, name) for name in DeskScope.NARROWS}
        obj.pk = operations.narrow_to(obj.user, **said, by=request.user, at=now()).pk

    @admin.display(description=_("state"))
    def state(self, line):
        return moment(line.ended_at, "UTC") if line.ended_at else badge(_("Holds"), "done")

    def has_end_permission(self, request):
        return request.user.has_perm("accreditation.add_deskscope")

    @admin.action(description=_("End the selected lines"), permissions=["end"])
    def end(self, request, queryset):
        self.act_on_each(
            request,
            queryset,
            lambda line: operations.end_scope(line, at=now()),
            lambda n: ngettext("%(n)d line was ended.", "%(n)d lines were ended.", n) % {"n": n},
        )


def _names_something(form):
    """A line that names nothing would mean everything, and that is what having no line means."""
    cleaned = SeenForm.clean(form)
    if not any(cleaned.get(name) for name in DeskScope.NARROWS):
        form.add_error(None, _("Name at least one of forum, call, level, region, objective and language."))
    return cleaned
