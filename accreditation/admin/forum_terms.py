"""Room: terms of a forum. Which names are public, how many persons may come, who may ask for support, in its own words."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accreditation.models import ForumTerms
from accreditation.models.terms import Group
from forums.admin.rooms import TranslatedRoom
from forums.admin.stale import SeenForm


class TermsForm(SeenForm):
    support_groups = forms.MultipleChoiceField(
        label=_("Groups of countries that support is for"),
        choices=Group.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self):
        """A page that came incomplete is refused: a tick that did not arrive looks like one that was taken away."""
        cleaned = super().clean()
        if self._stored and self.data.get(self.add_prefix("seen"), "{}") == "{}":
            self.add_error(None, _("The page did not arrive whole, so nothing was saved. Open it again, then save."))
        return cleaned


@admin.register(ForumTerms)
class ForumTermsRoom(TranslatedRoom):
    form = TermsForm
    list_display = ("forum", "accredited_public", "names_before", "names_after", "participants_public", "support_open")
    list_select_related = ("forum",)
    ordering = ("-forum__year", "pk")
    fieldsets = (
        (None, {"fields": ("forum",)}),
        (_("What is public"), {"fields": ("accredited_public", "names_before", "names_after", "participants_public")}),
        (_("Registration"), {"fields": ("most_persons_hearing", "most_persons", "letter_needed")}),
        (_("Support for participation"), {"fields": ("support_open", "support_groups", "support_for_stakeholders")}),
        (_("Who may ask for support, and how"), {"fields": ("support_text",)}),
    )

    def get_readonly_fields(self, request, obj=None):
        """Terms do not change their forum."""
        return () if obj is None else ("forum",)
