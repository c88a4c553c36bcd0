"""Rooms: rules of assignment in their order, and calls in which they work by themselves."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import Room
from forums.admin.stale import SeenForm
from submissions.assigning.candidates import reviewers
from submissions.models import AssignmentRule, AutomaticAssignment


class RuleForm(SeenForm):
    def clean(self):
        cleaned = super().clean()
        call, forum = cleaned.get("call"), cleaned.get("forum")
        if call and forum and call.forum_id != forum.pk:
            self.add_error("call", _("This call belongs to another forum."))
        if call and call.purpose != call.Purpose.INPUT:
            self.add_error("call", _("This call does not ask for inputs."))
        return cleaned


@admin.register(AssignmentRule)
class RuleRoom(Room):
    form = RuleForm
    list_display = ("place", "forum", "call", "level", "region", "objective", "language", "who", "in_use")
    list_display_links = ("place", "forum")
    list_select_related = ("forum", "call__forum", "region", "objective")
    list_filter = ("forum", "in_use")
    ordering = ("-forum__year", "place", "pk")
    fieldsets = (
        (None, {"fields": ("forum", "call", "place", "in_use")}),
        (
            _("Which inputs"),
            {
                "fields": ("level", "region", "objective", "language"),
                "description": _("All that is chosen has to apply. What is left open applies to every input."),
            },
        ),
        (_("Who reviews them"), {"fields": ("reviewers",)}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("reviewers")

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "reviewers":
            kwargs["queryset"] = reviewers()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("reviewers"))
    def who(self, rule):
        return format_html_join(" · ", "<bdi>{}</bdi>", [(person,) for person in rule.reviewers.all()])


class SwitchForm(SeenForm):
    def clean(self):
        """A page that came incomplete is refused: a tick that did not arrive looks like one that was taken away."""
        cleaned = super().clean()
        if self._stored and self.data.get(self.add_prefix("seen"), "{}") == "{}":
            self.add_error(None, _("The page did not arrive whole, so nothing was saved. Open it again, then save."))
        return cleaned


@admin.register(AutomaticAssignment)
class AutomaticRoom(Room):
    form = SwitchForm
    list_display = ("call", "of_forum", "is_on")
    list_select_related = ("call__forum",)
    ordering = ("-call__forum__year", "pk")
    fields = ("call", "is_on")

    def get_readonly_fields(self, request, obj=None):
        return () if obj is None else ("call",)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "call":
            kwargs |= {"form_class": CallOfForum, "queryset": db_field.related_model.objects.for_inputs()}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("forum"))
    def of_forum(self, row):
        return format_html("<bdi>{}</bdi>", row.call.forum)

    def save_model(self, request, obj, form, change):
        """Switched on, it holds for what is received from now; what lies there is given out by a person."""
        if "is_on" in form.changed_data or obj.since is None:
            obj.since = now()
        super().save_model(request, obj, form, change)


class CallOfForum(forms.ModelChoiceField):
    def label_from_instance(self, call):
        return f"{call.forum.slug} · {call}"
