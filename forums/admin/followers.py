"""Rooms: who follows the calendar by mail, and what became different in it; both are looked at, never written."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import ReadOnlyRoom
from forums.changes import words_of
from forums.models import Change, Follower
from forums.templatetags.moments import moment


@admin.register(Follower)
class FollowerRoom(ReadOnlyRoom):
    list_display = ("email", "language", "forum", "pace", "confirmed", "stopped")
    list_select_related = ("forum",)
    list_filter = ("pace", "language", "forum")
    search_fields = ("email",)
    fields = ("email", "language", "forum", "pace", "confirmed", "stopped")
    readonly_fields = ("confirmed", "stopped")

    @admin.display(description=_("confirmed"), ordering="confirmed_at")
    def confirmed(self, follower):
        return moment(follower.confirmed_at, "UTC") or "–"

    @admin.display(description=_("stopped"), ordering="stopped_at")
    def stopped(self, follower):
        return moment(follower.stopped_at, "UTC") or "–"


@admin.register(Change)
class ChangeRoom(ReadOnlyRoom):
    list_display = ("what_changed", "kind", "forum", "changed", "trouble")
    list_select_related = ("forum",)
    list_filter = ("kind", "forum")
    fields = ("what_changed", "kind", "forum", "changed", "trouble")
    readonly_fields = ("what_changed", "changed")

    @admin.display(description=_("what changed"))
    def what_changed(self, change):
        return words_of(change).title

    @admin.display(description=_("changed"), ordering="at")
    def changed(self, change):
        return moment(change.at, change.forum)
