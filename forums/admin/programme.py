"""Rooms: meeting rooms, sessions with their slots, releases. Sessions are stored by the operation that plans them."""

from functools import partial
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.urls import path
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from forums import operations
from forums.admin import releasing
from forums.admin.days import DayFilter, ForumFilter
from forums.admin.rooms import ReadOnlyRoom, TranslatedRoom, badge
from forums.admin.stale import SeenForm
from forums.models import Forum, MeetingRoom, Release, RoundTable, Session, Slot
from forums.programme.rules import objections
from forums.programme.words import in_html_words
from forums.refusals import Refused
from forums.templatetags.moments import moment, span_in_words
from forums.zoned_fields import InForumZone, WallClockField

FIXED = ("forum", "slug", "starts_at", "ends_at", "kind", "room", "round_table")


class OfForum(forms.ModelChoiceField):
    """A choice among rows of several forums, each named with its forum."""

    def label_from_instance(self, thing):
        return f"{thing.forum.slug} · {thing}"


class SessionForm(InForumZone, SeenForm):
    starts_at = WallClockField(label=_("Begins"))
    ends_at = WallClockField(label=_("Ends (this instant is already outside)"))
    interpretation = forms.MultipleChoiceField(
        label=_("Languages of interpretation"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    room = OfForum(MeetingRoom.objects.select_related("forum"), label=_("Room"), required=False)
    round_table = OfForum(RoundTable.objects.select_related("forum"), label=_("Round table"), required=False)
    refused = ""  # why the operation refused what this form had found right

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.forum_id:
            for name in {"room", "round_table"} & set(self.fields):
                self.fields[name].queryset = self.fields[name].queryset.filter(forum=self.instance.forum_id)

    def clean(self):
        """What the operation would refuse is said beside the field, before anything is stored."""
        cleaned = super().clean()
        typed = SimpleNamespace(**{name: cleaned.get(name, getattr(self.instance, name, None)) for name in FIXED[1:]})
        typed.slug = typed.slug or ""
        forum = cleaned.get("forum") or (self.instance.forum if self.instance.forum_id else None)
        for field, sentence in objections(typed, forum) if forum else ():
            self.add_error(field if field in self.fields else None, sentence)
        if self.refused:
            self.add_error(None, self.refused)
        return cleaned


class SlotInline(admin.StackedInline):
    model = Slot
    fields = (("position", "role", "minutes"), ("name", "body"))
    formfield_overrides = {models.CharField: {"widget": forms.TextInput(attrs={"size": 32})}}
    extra = 1


@admin.register(Session)
class SessionRoom(TranslatedRoom):
    form = SessionForm
    list_display = ("title", "when", "room", "kind", "forum", "state")
    list_select_related = ("forum", "room")
    list_filter = (ForumFilter, DayFilter, "kind")
    search_fields = ("title", "slug", "chairs", "facilitator")
    ordering = ("-forum__year", "starts_at", "ends_at", "pk")
    inlines = (SlotInline,)
    fieldsets = (
        (None, {"fields": ("forum", "slug", "kind", "round_table")}),
        (_("When"), {"fields": ("starts_at", "ends_at")}),
        (_("Where"), {"fields": ("room", "link", "interpretation")}),
        (_("Title"), {"fields": ("title",)}),
        (_("Who"), {"fields": ("chairs", "facilitator")}),
        (_("What it is about"), {"fields": ("description",)}),
    )

    def get_readonly_fields(self, request, obj=None):
        """An address never changes, and a session does not change its forum."""
        return () if obj is None else ("forum", "slug")

    def get_changeform_initial_data(self, request):
        """`?forum=2026`: the forum from whose programme one came."""
        initial = super().get_changeform_initial_data(request)
        forum = Forum.objects.filter(slug=initial.get("forum", "")).first()
        return {**initial, "forum": forum.pk if forum else None}

    def get_urls(self):
        pages = [
            ("lay-out/<slug:slug>/", releasing.lay_out, "forums_session_lay_out"),
            ("release/<slug:slug>/", releasing.release, "forums_session_release"),
            ("<int:pk>/cancel/", releasing.cancel, "forums_session_cancel"),
            ("<int:pk>/reinstate/", releasing.reinstate, "forums_session_reinstate"),
        ]
        mine = [path(route, self.admin_site.admin_view(partial(view, self)), name=name) for route, view, name in pages]
        return mine + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        """With a forum chosen, what its next release would change stands above the sessions."""
        forum = Forum.objects.filter(slug=request.GET.get("forum", "")).first()
        about = releasing.about_programme(self, request, forum) if forum else {"forums": Forum.objects.all()}
        return super().changelist_view(request, {**about, **(extra_context or {})})

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.refused = getattr(request, "why_refused", "")
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What is refused at the last moment, after the form was found right, is shown on the form as it was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as why:
            request.why_refused = str(why)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        operations.plan_session(obj)

    @admin.display(description=_("when"), ordering="starts_at")
    def when(self, session):
        return span_in_words(session.starts_at, session.ends_at, session.forum.zone)

    @admin.display(description=_("state"))
    def state(self, session):
        return badge(_("Cancelled"), "stop") if session.cancelled_at else badge(_("Planned"))


@admin.register(MeetingRoom)
class MeetingRoomRoom(TranslatedRoom):
    list_display = ("name", "forum", "seats")
    list_select_related = ("forum",)
    list_filter = (ForumFilter,)
    search_fields = ("name",)
    fieldsets = (
        (None, {"fields": ("forum", "seats")}),
        (_("Name"), {"fields": ("name",)}),
        (_("Way"), {"fields": ("access",)}),
    )

    def get_readonly_fields(self, request, obj=None):
        return () if obj is None else ("forum",)


@admin.register(Release)
class ReleaseRoom(ReadOnlyRoom):
    list_display = ("__str__", "forum", "released", "released_by", "how_many")
    list_select_related = ("forum", "released_by")
    list_filter = (ForumFilter,)
    ordering = ("-released_at",)
    fields = ("forum", "number", "released", "released_by", "note", "what_changed")
    readonly_fields = fields

    def get_queryset(self, request):
        """The kept sessions are long; they are read on the public page."""
        return super().get_queryset(request).defer("sessions")

    @admin.display(description=_("released"), ordering="released_at")
    def released(self, release):
        return moment(release.released_at, release.forum)

    @admin.display(description=_("changes"))
    def how_many(self, release):
        return len(release.changes)

    @admin.display(description=_("what changed"))
    def what_changed(self, release):
        sentences = in_html_words(release.changes, release.forum.zone)
        return format_html_join("", "<p>{}</p>", ([sentence] for sentence in sentences)) or "–"
