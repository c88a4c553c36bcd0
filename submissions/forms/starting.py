"""For whom a draft is begun."""

import uuid

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from submissions.typed_fields import for_each_page


class OrganisationChoice(forms.ModelChoiceField):
    def choose_from(self, organisations):
        """Offer these, and take only one of these; they are read once, for the page and for what it posts."""
        self.known = {str(each.pk): each for each in organisations}
        self.choices = [(each.pk, self.label_from_instance(each)) for each in self.known.values()]

    def to_python(self, value):
        if not hasattr(self, "known") or value in self.empty_values:
            return super().to_python(value)
        if (chosen := self.known.get(str(value))) is None:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return chosen

    def label_from_instance(self, organisation):
        return format_html('<bdi lang="{}">{}</bdi>', organisation.name_language, organisation.name)


@for_each_page
class StartForm(forms.Form):
    """For whom, and in which language."""

    same_for_everybody = True  # what stands around its boxes: see imrf_portal/form_rendering.py

    organisation = OrganisationChoice(
        label=_("For which organisation do you write?"), queryset=None, widget=forms.RadioSelect, empty_label=None
    )
    language = forms.ChoiceField(
        label=_("Language of the text"),
        choices=settings.LANGUAGES,
        help_text=_("You can change it later, until the input is sent."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choose_from(organisations)
        if len(organisations) == 1:
            self.fields["organisation"].initial = organisations[0]
        self.fields["organisation"].seen_by = "public"
