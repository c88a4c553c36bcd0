"""What an organisation's own pages ask: who it is, on which basis it takes part, who may act for it."""

import uuid

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accreditation.models import Basis, Membership
from accreditation.models.organisation import Kind
from forums.models import Country
from forums.typed import a_name, one_line, without_control


class Line(forms.CharField):
    def to_python(self, value):
        return one_line(super().to_python(value))


class NameLine(Line):
    """A name in any script: signs that nobody sees are taken out, and something that can be read must be left."""

    def to_python(self, value):
        return a_name(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        if value and not any(sign.isalnum() for sign in value):
            raise forms.ValidationError(_("Write the name in letters or digits."))


class BasisChoice(forms.ModelChoiceField):
    """Each basis with what it means and who decides; saying nothing is an answer too."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs):
        super().__init__(queryset=Basis.objects.all(), blank=not kwargs.get("required", True), **kwargs)

    def label_from_instance(self, basis):
        decides = _("Decided by: %(who)s") % {"who": basis.decided_by} if basis.decided_by else ""
        return format_html('{}<span class="choice-help">{} {}</span>', basis.name, basis.explanation, decides)


class OrganisationForm(forms.Form):
    name = NameLine(
        label=_("Official name"),
        max_length=250,
        help_text=_("As it stands in its statutes or on its letterhead, in its own language."),
    )
    name_language = forms.ChoiceField(label=_("Language of the name"), choices=settings.LANGUAGES)
    acronym = NameLine(label=_("Acronym"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("What it is"), choices=[("", _("Choose a kind")), *Kind.choices])
    country = forms.ChoiceField(
        label=_("Country or area of its seat"),
        required=False,
        help_text=_("Leave it empty for a body that belongs to no country."),
    )
    website = forms.URLField(label=_("Web page"), max_length=300, required=False, assume_scheme="https")
    basis = BasisChoice(
        label=_("On which basis does it take part in this forum?"),
        required=False,
        empty_label=_("We do not know yet"),
        help_text=_(
            "Nothing is decided here: the desk records what the bodies responsible have decided. "
            "You can write drafts at once."
        ),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, initial={"name_language": get_language()}, **kwargs)
        countries = sorted(((country.iso3, country.name) for country in Country.objects.all()), key=lambda choice: choice[1])
        self.fields["country"].choices = [("", _("None or several")), *countries]
        self.fields["name"].widget.attrs["dir"] = "auto"

    @property
    def particulars(self) -> dict:
        """The fields of the organisation itself, as found() takes them."""
        said = {name: self.cleaned_data[name] for name in ("name", "name_language", "acronym", "kind", "website")}
        return {**said, "country_id": self.cleaned_data["country"] or None}


class ClaimForm(forms.Form):
    basis = BasisChoice(label=_("On which basis does it take part?"), empty_label=None)


class JoinForm(forms.Form):
    organisation = forms.SlugField(widget=forms.HiddenInput)
    message = forms.CharField(
        label=_("Message to the focal point"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Say who you are, so that they recognise you."),
    )

    def clean_message(self):
        return without_control(self.cleaned_data["message"])


class AnswerForm(forms.Form):
    """The focal point's answer to a request: admit in a role, or turn down."""

    ADMIT, TURN_DOWN = "admit", "turn_down"
    answer = forms.ChoiceField(choices=[(ADMIT, _("Admit")), (TURN_DOWN, _("Turn down"))])
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices, required=False)

    def clean(self):
        answers = super().clean()
        if answers.get("answer") == self.ADMIT and not answers.get("role"):
            self.add_error("role", _("Choose a role."))
        return answers
