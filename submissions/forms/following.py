"""What somebody who follows a list of inputs by mail says, first and later."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from forums.forms import AddressForm
from submissions.models import InputsFollowing

Pace = InputsFollowing.Pace


class FollowInputsForm(AddressForm):
    pace = forms.ChoiceField(label=_("How often"), choices=Pace.choices, initial=Pace.WEEKLY, widget=forms.RadioSelect)


class FollowingForm(forms.Form):
    """One list of those that an address follows, on its own page: changed, or ended."""

    following = forms.UUIDField(widget=forms.HiddenInput())
    language = forms.ChoiceField(label=_("Language of the letters"), choices=settings.LANGUAGES)
    pace = forms.ChoiceField(label=_("How often"), choices=Pace.choices)
