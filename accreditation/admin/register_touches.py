"""Room: standings touched by a newer register. Each is looked at by a person, who notes what came of it."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accreditation.models import RegisterTouch
from accreditation.registers.settling import settle_touch, touches_for
from forums.admin.rooms import Choice, Room, badge
from forums.admin.stale import SeenForm


class SettledFilter(Choice):
    title, parameter_name = _("looked at"), "settled"

    def lookups(self, request, model_admin):
        return [("no", _("To be looked at")), ("yes", _("Looked at"))]

    def narrow(self, request, queryset, value):
        return queryset.filter(settled_at__isnull=value == "no")


class TouchForm(SeenForm):
    note = forms.CharField(
        label=_("What came of it"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def clean(self):
        """Somebody else may have been faster; what was typed here stays in the form."""
        cleaned = super().clean()
        if self.instance.settled_at is not None:
            self.add_error(None, _("Somebody has looked at this already. What they noted stands there."))
        return cleaned


@admin.register(RegisterTouch)
class RegisterTouchRoom(Room):
    form = TouchForm
    list_display = ("organisation", "forum", "what", "was", "became", "run", "condition")
    list_select_related = ("accreditation__organisation", "accreditation__forum", "run", "settled_by")
    list_filter = (SettledFilter, "what")
    ordering = ("-run", "pk")
    actions = ("looked_at",)
    fields = ("standing", "what", "was", "became", "run", "condition", "note")
    readonly_fields = ("standing", "what", "was", "became", "run", "condition")
    change_form_template = "admin/accreditation/registertouch/change_form.html"

    def has_add_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return touches_for(request.user).select_related(*self.list_select_related).order_by(*self.ordering)

    def get_readonly_fields(self, request, obj=None):
        """What was noted stands; only a form that is sent is judged as it was typed."""
        fixed = super().get_readonly_fields(request, obj)
        return (*fixed, "note") if obj and obj.settled_at and request.method != "POST" else fixed

    def save_model(self, request, obj, form, change):
        settle_touch(obj, by=request.user, at=now(), note=form.cleaned_data["note"])

    @admin.action(description=_("Looked at, nothing to note"), permissions=["change"])
    def looked_at(self, request, queryset):
        self.act_on_each(
            request,
            queryset,
            lambda touch: settle_touch(touch, by=request.user, at=now()),
            lambda count: ngettext("%(count)d was looked at.", "%(count)d were looked at.", count) % {"count": count},
        )

    @admin.display(description=_("organisation"), ordering="accreditation__organisation__name")
    def organisation(self, touch):
        return touch.accreditation.organisation.name

    @admin.display(description=_("forum"))
    def forum(self, touch):
        return touch.accreditation.forum.slug

    @admin.display(description=_("accreditation"))
    def standing(self, touch):
        address = reverse("admin:accreditation_accreditation_change", args=[touch.accreditation_id])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, touch.accreditation)

    @admin.display(description=_("looked at"), ordering="settled_at")
    def condition(self, touch):
        if touch.settled_at is None:
            return badge(_("To be looked at"), "wait")
        return badge(touch.settled_by or _("Looked at"), "done")
