"""Rooms: organisations, and who acts for them."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accreditation import operations
from accreditation.models import Accreditation, Membership, Organisation
from accreditation.operations.membership import free_slug
from accreditation.templatetags.standings import standing_tone
from forums.admin.rooms import Choice, ReadOnlyInline, ReadOnlyRoom, Room, badge, written
from forums.refusals import Refused

IN_FORCE = Q(memberships__since__isnull=False, memberships__until__isnull=True)


class MembershipInline(ReadOnlyInline):
    model = Membership
    fields = ("user", "role", "asked_at", "since", "until")
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user")


class AccreditationInline(ReadOnlyInline):
    model = Accreditation
    fields = ("forum", "basis", "state", "decided_on", "decided_by")
    readonly_fields = ("state",)
    show_change_link = True

    def get_queryset(self, request):
        seen = Accreditation.objects.visible_to(request.user)
        return super().get_queryset(request).filter(pk__in=seen.values("pk")).select_related("forum", "basis")

    @admin.display(description=_("standing"))
    def state(self, accreditation):
        return badge(accreditation.get_status_display(), standing_tone(accreditation.status))


@admin.register(Organisation)
class OrganisationRoom(Room):
    list_display = ("official_name", "acronym", "kind", "country", "people")
    list_select_related = ("country",)
    list_filter = ("kind",)
    search_fields = ("name", "acronym", "slug")
    ordering = ("name", "pk")
    autocomplete_fields = ("country",)
    readonly_fields = ("slug", "made_by", "made_at", "public_page")
    inlines = (MembershipInline, AccreditationInline)
    fieldsets = (
        (None, {"fields": ("name", "name_language", "acronym", "kind", "country", "website", "aliases")}),
        (_("Record"), {"fields": ("slug", "public_page", "source", "made_by", "made_at")}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(acting=Count("memberships", filter=IN_FORCE))

    def save_model(self, request, obj, form, change):
        """A new record gets an address that nobody has; an address never changes afterwards."""
        if not change:
            obj.slug = free_slug(obj.name, obj.acronym)
            obj.made_by, obj.made_at = request.user, now()
        super().save_model(request, obj, form, change)

    @admin.display(description=_("official name"), ordering="name")
    def official_name(self, organisation):
        return written(organisation.name, organisation.name_language)

    @admin.display(description=_("people who act for it"), ordering="acting")
    def people(self, organisation):
        return organisation.acting

    @admin.display(description=_("public page"))
    def public_page(self, organisation):
        if not organisation.pk:
            return "–"
        return format_html('<a href="{}">{}</a>', organisation.get_absolute_url(), _("Open the page"))


class MembershipStateFilter(Choice):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("asked", _("Request to join")), ("standing", _("In force")), ("ended", _("Ended or turned down"))]

    def narrow(self, request, queryset, value):
        if value == "ended":
            return queryset.filter(until__isnull=False)
        return queryset.asked() if value == "asked" else queryset.standing()


@admin.register(Membership)
class MembershipRoom(ReadOnlyRoom):
    """Focal points answer requests; the desk does where an organisation has nobody left who could."""

    list_display = ("user", "organisation", "role", "state", "asked_at", "since", "until")
    list_select_related = ("user", "organisation")
    list_filter = (MembershipStateFilter, "role")
    search_fields = ("user__email", "user__name", "organisation__name")
    ordering = ("-asked_at",)
    actions = ("admit", "turn_down")
    fields = ("user", "organisation", "role", "state", "message", "asked_at", "since", "until")
    readonly_fields = ("state",)

    def has_answer_permission(self, request):
        return request.user.has_perm("accreditation.change_membership")

    @admin.display(description=_("state"))
    def state(self, membership):
        if membership.until:
            return badge(_("Ended or turned down"))
        return badge(_("In force"), "done") if membership.since else badge(_("Request to join"), "wait")

    @admin.action(description=_("Admit as focal point"), permissions=["answer"])
    def admit(self, request, queryset):
        def admit(membership):
            if membership.user_id == request.user.pk:
                raise Refused(_("Nobody admits themselves. Ask another administrator."))
            operations.admit(membership, role=Membership.Role.FOCAL_POINT, by=request.user, at=now())

        self.act_on_each(
            request,
            queryset,
            admit,
            lambda n: ngettext("%(n)d person was admitted.", "%(n)d people were admitted.", n) % {"n": n},
        )

    @admin.action(description=_("Turn down the selected requests"), permissions=["answer"])
    def turn_down(self, request, queryset):
        self.act_on_each(
            request,
            queryset,
            lambda membership: operations.turn_down(membership, by=request.user, at=now()),
            lambda n: ngettext("%(n)d request was turned down.", "%(n)d requests were turned down.", n) % {"n": n},
        )
