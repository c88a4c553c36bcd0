"""What somebody who follows something by mail says: where to write, in which language, about what, how often."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from forums.models import Follower, Forum


class AddressForm(forms.Form):
    """`website` is seen by programs only: whoever fills it in is one, and is answered like everybody."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("It is used for these letters only. Nothing is sent before you confirm it."),
    )
    language = forms.ChoiceField(label=_("Language of the letters"), choices=settings.LANGUAGES)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()

    @property
    def is_of_a_program(self) -> bool:
        return bool(self.cleaned_data.get("website"))


class FollowForm(AddressForm):
    """What of the calendar, and how often."""

    forum = forms.ModelChoiceField(
        label=_("What you want to follow"),
        queryset=Forum.objects.exclude(status=Forum.Status.HELD),
        to_field_name="slug",
        required=False,
        blank=True,
        empty_label=_("Every forum"),
        widget=forms.RadioSelect,
    )
    pace = forms.ChoiceField(
        label=_("How often"), choices=Follower.Pace.choices, initial=Follower.Pace.AT_ONCE, widget=forms.RadioSelect
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        forum = self.fields["forum"]
        forum.needed_to_send = True  # every choice is an answer, so none is called optional
        if not forum.queryset.filter(slug=self.initial.get("forum") or "").exists():
            self.initial["forum"] = ""
