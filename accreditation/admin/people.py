"""Room: people. Nobody makes themselves more than they are, and no password is ever shown or set here."""

import re

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accreditation.desk_roles import LABELS
from accreditation.models import User
from forums.admin.rooms import Room, badge

RIGHTS = ("is_active", "is_staff", "groups", "is_superuser")
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def short_label(group):
    """The role without what it does: the words before the colon, which Chinese writes wide."""
    return re.split("[:：]", str(LABELS.get(group.name, group.name)))[0].strip()


class RolesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        return LABELS.get(group.name, group.name)


@admin.register(User)
class PeopleRoom(Room):
    list_display = ("email", "name", "state", "roles", "second_factor", "last_login")
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("email", "name")
    ordering = ("email",)
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

    def has_add_permission(self, request):
        """People sign up themselves; the desk makes staff of them."""
        return False

    def get_queryset(self, request):
        has_factor = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
        return super().get_queryset(request).annotate(has_factor=Exists(has_factor)).prefetch_related("groups")

    def get_readonly_fields(self, request, obj=None):
        """Rights are read-only on one's own page, and on a superuser's for everybody but superusers."""
        fixed = ("email", "second_factor", "last_login", "date_joined")
        if obj is not None and (obj.pk == request.user.pk or (obj.is_superuser and not request.user.is_superuser)):
            return (*fixed, *RIGHTS)
        return fixed if request.user.is_superuser else (*fixed, "is_superuser")

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            return RolesField(Group.objects.order_by("pk"), label=_("Roles at the desk"), required=False)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("state"))
    def state(self, person):
        if not person.is_active:
            return badge(_("Suspended"), "stop")
        return badge(_("Staff"), "now") if person.is_staff else badge(_("Stakeholder"))

    @admin.display(description=_("roles"))
    def roles(self, person):
        return ", ".join(short_label(group) for group in person.groups.all()) or "–"

    @admin.display(description=_("second factor"), boolean=True)
    def second_factor(self, person):
        return person.has_factor
