"""Room: representatives in the opening segment. Recorded with who chose them and the evidence; a successor replaces."""

from django.contrib import admin
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accreditation.models import Representative
from accreditation.participation import representing
from forums.admin.days import ForumFilter
from forums.admin.rooms import Choice, Room, badge
from forums.admin.stale import SeenForm
from forums.refusals import Refused


class RepresentativeForm(SeenForm):
    refused = ""  # why the operation refused what this form had found right

    def clean(self):
        """Somebody else may have been faster by a moment; what was typed here stays in the form."""
        cleaned = super().clean()
        if self.refused:
            self.add_error(None, self.refused)
        return cleaned


class StateFilter(Choice):
    title, parameter_name = _("state"), "state"

    def lookups(self, request, model_admin):
        return [("now", _("In force now")), ("replaced", _("Replaced"))]

    def narrow(self, request, queryset, value):
        return queryset.filter(replaced_at__isnull=value == "now")


@admin.register(Representative)
class RepresentativeRoom(Room):
    form = RepresentativeForm
    list_display = ("name", "voice", "forum", "organisation", "chosen_by", "chosen_on", "public", "state")
    list_select_related = ("forum", "organisation")
    list_filter = (ForumFilter, "voice", StateFilter)
    ordering = ("-forum__year", "voice", "-chosen_on", "pk")
    autocomplete_fields = ("organisation",)
    fieldsets = (
        (None, {"fields": ("forum", "voice")}),
        (_("Who"), {"fields": ("name", "organisation")}),
        (_("How they were chosen"), {"fields": ("chosen_by", "chosen_on", "evidence")}),
        (_("Public"), {"fields": ("public",)}),
    )

    def get_readonly_fields(self, request, obj=None):
        """Another voice is another representative; who was replaced stays as recorded."""
        if obj is None:
            return ()
        return ("forum", "voice", *(representing.SAID if obj.replaced_at else ()))

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.refused = getattr(request, "why_refused", "")
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What the operation refuses, although the form found it right, comes back as a sentence above what was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as why:
            request.why_refused = str(why)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
            return
        said = {name: getattr(obj, name) for name in representing.SAID}
        made = representing.record_representative(obj.forum, voice=obj.voice, said=said, by=request.user, at=now())
        obj.pk, obj._state.adding = made.pk, False

    @admin.display(description=_("state"), ordering="replaced_at")
    def state(self, representative):
        return badge(_("Replaced")) if representative.replaced_at else badge(_("In force now"), "done")
