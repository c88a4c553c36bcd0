"""For whom a draft is begun."""

import uuid

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _


class OrganisationChoice(forms.ModelChoiceField):
    def label_from_instance(self, organisation):
        return format_html('<bdi lang="{}">{}</bdi>', organisation.name_language, organisation.name)


class StartForm(forms.Form):
    """For whom, and in which language."""

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
        self.fields["organisation"].queryset = organisations
        if len(organisations) == 1:
            self.fields["organisation"].initial = organisations[0]
        self.fields["organisation"].seen_by = "public"
