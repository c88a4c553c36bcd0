"""Rooms: organisations, and who acts for them."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accreditation import operations
from accreditation.admin.confirming_many import on_each
from accreditation.admin.handing_over import HAND_OVER, hand_over_page
from accreditation.admin.merges import MERGE
from accreditation.models import Accreditation, Membership, Organisation
from accreditation.operations.deciding import ANSWERED_REQUESTS
from accreditation.operations.describing import name_replaced
from accreditation.operations.membership import free_slug
from accreditation.templatetags.standings import standing_tone
from forums.admin.exporting import Exported
from forums.admin.rooms import Choice, ReadOnlyInline, ReadOnlyRoom, Room, badge, written
from forums.admin.stale import SeenForm
from forums.refusals import Refused
from forums.typed import a_name

ACTS = {MERGE: "merging", HAND_OVER: "handing_over"}  # permission -> the link that leads to the act
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


class RecordForm(SeenForm):
    """Signs that nobody sees are taken out of names here too."""

    def clean_name(self):
        return a_name(self.cleaned_data["name"])

    def clean_acronym(self):
        return a_name(self.cleaned_data["acronym"])


@admin.register(Organisation)
class OrganisationRoom(Exported, Room):
    """Records that live; one that was merged leads to the one that was kept."""

    form = RecordForm
    list_display = ("official_name", "acronym", "kind", "country", "people")
    export_codes = ("pk", "kind_code", "country_id", "name_language")
    list_select_related = ("country",)
    list_filter = ("kind",)
    search_fields = ("name", "acronym", "slug")
    ordering = ("name", "pk")
    autocomplete_fields = ("country",)
    readonly_fields = ("slug", "made_by", "made_at", "public_page", "all_names", *ACTS.values())
    inlines = (MembershipInline, AccreditationInline)
    fieldsets = (
        (None, {"fields": ("name", "name_language", "acronym", "kind", "country", "seat", "regions", "website")}),
        (_("Record"), {"fields": ("all_names", "slug", "public_page", "source", "made_by", "made_at")}),
    )

    def get_fieldsets(self, request, obj=None):
        """With what only some of the desk may do."""
        acts = tuple(name for permission, name in ACTS.items() if request.user.has_perm(permission))
        own = [(_("At the desk"), {"fields": acts})] if obj is not None and acts else []
        return [*super().get_fieldsets(request, obj), *own]

    def get_queryset(self, request):
        return super().get_queryset(request).living().annotate(acting=Count("memberships", filter=IN_FORCE))

    def get_urls(self):
        hand_over = self.admin_site.admin_view(self.hand_over)
        return [path("<int:pk>/hand-over/", hand_over, name="accreditation_organisation_hand_over"), *super().get_urls()]

    def hand_over(self, request, pk):
        return hand_over_page(self, request, pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        key = unquote(object_id)
        into = Organisation.objects.filter(pk=key if key.isdecimal() and len(key) < 19 else 0).values_list("merged_into")
        if self.has_view_permission(request) and (found := into.first()) and found[0]:
            return redirect("admin:accreditation_organisation_change", found[0])
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        """A new record gets an address that nobody has; an address never changes afterwards.

        A name that is replaced stays as a former one, and pages that its people have open hear of the change.
        """
        was = "" if not change else form.initial.get("name", "")
        if not change:
            obj.slug = free_slug(obj.name, obj.acronym)
            obj.made_by, obj.made_at = request.user, now()
        elif form.changed_data:
            obj.edition += 1
        super().save_model(request, obj, form, change)
        if was != obj.name:
            name_replaced(obj, was, at=now())

    @admin.display(description=_("names"))
    def all_names(self, organisation):
        if not organisation.pk:
            return "–"
        rows = ((written(row.name, row.language), row.get_use_display()) for row in organisation.names.all())
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} · {}</li>", rows))

    @admin.display(description=_("two records"))
    def merging(self, organisation):
        address = f"{reverse('admin:accreditation_merge_preview')}?gone={organisation.pk}"
        return format_html('<a href="{}">{}</a>', address, _("Merge into another record"))

    @admin.display(description=_("nobody left to hand over"))
    def handing_over(self, organisation):
        address = reverse("admin:accreditation_organisation_hand_over", args=[organisation.pk])
        return format_html('<a href="{}">{}</a>', address, _("Hand over"))

    @admin.display(description=_("official name"), ordering="name")
    def official_name(self, organisation):
        return written(organisation.name, organisation.name_language)

    @admin.display(description="kind_code")
    def kind_code(self, organisation):
        return organisation.kind

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
        def admit(membership, *, by, at):
            if membership.user_id == by.pk:
                raise Refused(_("Nobody admits themselves. Ask another administrator."))
            return operations.admit(membership, role=Membership.Role.FOCAL_POINT, by=by, at=at)

        return on_each(
            self,
            request,
            queryset,
            label=_("Admit as focal point"),
            act=admit,
            voice=ANSWERED_REQUESTS,
            done=lambda n: ngettext("%(n)d person was admitted.", "%(n)d people were admitted.", n) % {"n": n},
        )

    @admin.action(description=_("Turn down the selected requests"), permissions=["answer"])
    def turn_down(self, request, queryset):
        return on_each(
            self,
            request,
            queryset,
            label=_("Turn down the selected requests"),
            act=operations.turn_down,
            voice=ANSWERED_REQUESTS,
            done=lambda n: ngettext("%(n)d request was turned down.", "%(n)d requests were turned down.", n) % {"n": n},
        )
