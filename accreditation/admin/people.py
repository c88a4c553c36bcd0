"""Room: people. Nobody makes themselves more than they are, and no password is ever shown or set here."""

import re

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from hijack.views import AcquireUserView

from accreditation import operations
from accreditation.admin.erasing import Erasing, may_erase
from accreditation.desk_roles import LABELS
from accreditation.models import User
from accreditation.sessions import end_other_sessions
from accreditation.standing_in import may_stand_in
from forums.admin.rooms import Room, badge

RIGHTS = ("is_active", "is_staff", "groups", "is_superuser")
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def short_label(group):
    """The role without what it does: the words before the colon, which Chinese writes wide."""
    return re.split("[:：]", str(LABELS.get(group.name, group.name)))[0].strip()


class StandInForm(forms.Form):
    reason = forms.CharField(label=_("Reason, which is noted"), max_length=300, min_length=8)


class RolesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        return LABELS.get(group.name, group.name)


@admin.register(User)
class PeopleRoom(Erasing, Room):
    list_display = ("email", "name", "state", "roles", "second_factor", "last_login")
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("email", "name")
    ordering = ("email",)
    actions = ("end_sessions", "erase_selected")
    fields = (
        "email",
        "name",
        "language",
        "is_active",
        "is_staff",
        "groups",
        "is_superuser",
        "second_factor",
        "last_login",
        "date_joined",
    )

    def get_fields(self, request, obj=None):
        return [*super().get_fields(request, obj), *self._links(request, obj)]

    def _links(self, request, obj):
        """Ways to pages about this person, for who may open them."""
        erasing = obj is not None and may_erase(request.user, obj)
        return [*(["support"] if request.user.is_superuser else []), *(["erasure"] if erasing else [])]

    def has_add_permission(self, request):
        """People sign up themselves; the desk makes staff of them."""
        return False

    def has_change_permission(self, request, obj=None):
        """What is left of who was erased stays as it is."""
        return super().has_change_permission(request, obj) and not (obj and obj.erased_at)

    def get_queryset(self, request):
        has_factor = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
        return super().get_queryset(request).annotate(has_factor=Exists(has_factor)).prefetch_related("groups")

    def get_readonly_fields(self, request, obj=None):
        """Rights are read-only on one's own page, and on a superuser's for everybody but superusers."""
        fixed = ("email", "second_factor", "last_login", "date_joined", *self._links(request, obj))
        if obj is not None and (obj.pk == request.user.pk or (obj.is_superuser and not request.user.is_superuser)):
            return (*fixed, *RIGHTS)
        return fixed if request.user.is_superuser else (*fixed, "is_superuser")

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            return RolesField(Group.objects.order_by("pk"), label=_("Roles at the desk"), required=False)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    # Sessions --------------------------------------------------------------------------------------------------------

    @admin.action(description=_("End all sessions of the selected people"), permissions=["change"])
    def end_sessions(self, request, queryset):
        def end(person):
            if person.pk == request.user.pk:
                end_other_sessions(request)
            else:
                operations.end_sessions(person)
            self.log_change(request, person, gettext("All sessions were ended."))

        self.act_on_each(
            request,
            queryset,
            end,
            lambda n: ngettext("%(n)d person is signed out.", "%(n)d people are signed out.", n) % {"n": n},
        )

    # Support ---------------------------------------------------------------------------------------------------------

    def get_urls(self):
        stand_in = self.admin_site.admin_view(self.stand_in)
        return [path("<int:pk>/stand-in/", stand_in, name="accreditation_user_stand_in"), *super().get_urls()]

    def stand_in(self, request, pk):
        """Ask a superuser why, then show them the portal in this person's name."""
        person = get_object_or_404(User, pk=pk)
        if not may_stand_in(hijacker=request.user, hijacked=person):
            raise PermissionDenied
        form = StandInForm(request.POST or None)
        if form.is_valid():
            return AcquireUserView.as_view(success_url="my")(request)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "person": person, "form": form}
        context["title"] = _("Look as this person")
        return TemplateResponse(request, "admin/accreditation/user/stand_in.html", context)

    @admin.display(description=_("helpdesk"))
    def support(self, person):
        if not person.pk or person.is_staff or not person.is_active:
            return "–"
        address = reverse("admin:accreditation_user_stand_in", args=[person.pk])
        return format_html('<a href="{}">{}</a>', address, _("Look as this person"))

    @admin.display(description=_("state"))
    def state(self, person):
        if person.erased_at:
            return badge(_("Erased"))
        if not person.is_active:
            return badge(_("Suspended"), "stop")
        return badge(_("Staff"), "now") if person.is_staff else badge(_("Stakeholder"))

    @admin.display(description=_("roles"))
    def roles(self, person):
        return ", ".join(short_label(group) for group in person.groups.all()) or "–"

    @admin.display(description=_("second factor"), boolean=True)
    def second_factor(self, person):
        return person.has_factor
