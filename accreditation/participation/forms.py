"""What the organisation's pages about participation ask: a person, a wish to speak, support, a reason, a letter."""

import uuid

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accreditation.forms import Line
from accreditation.models import SupportRequest
from accreditation.models.participation import Event, Gender
from forums.models import Country
from forums.typed import without_control

MOST_SIGNS = 4000
ORGANISATION_ONLY = "organisation"
FEW = _(
    "Only those who speak for your organisation and those at the desk who register persons can read this; there each "
    "reading is noted"
)


def _area(rows):
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def _by_name():
    named = sorted(((country.iso3, country.name) for country in Country.objects.all()), key=lambda choice: choice[1])
    return [("", _("Choose a country or area")), *named]


class Text(forms.CharField):
    """Lines of one's own, without control characters; nothing that is pasted is cut."""

    def __init__(self, *, rows=4, max_length=MOST_SIGNS, **kwargs):
        super().__init__(max_length=max_length, widget=_area(rows), **kwargs)
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value):
        return without_control(super().to_python(value)).replace("\r\n", "\n")


class CountryField(forms.ChoiceField):
    """Picked from the list, by name in the reader's language; gives the country."""

    def __init__(self, **kwargs):
        super().__init__(choices=lazy(_by_name, list), **kwargs)

    def clean(self, value):
        code = super().clean(value)
        return Country.objects.get(pk=code) if code else None

    def prepare_value(self, value):
        return getattr(value, "pk", value)


def _gender():
    return forms.ChoiceField(
        label=_("Gender"),
        choices=Gender.choices,
        required=False,
        help_text=_("Voluntary, for the balance of those who take part. It is never public."),
    )


def _needs():
    return Text(
        label=_("Access needs"),
        required=False,
        rows=3,
        help_text=_("What makes taking part possible: step-free access, sign language, large print, an assistant."),
    )


class PersonForm(forms.Form):
    name = Line(label=_("Name, as in the passport"), max_length=150)
    function = Line(label=_("Function"), max_length=150, required=False)
    email = forms.EmailField(label=_("E-mail address of the person"), help_text=_("The person gets a letter there."))
    country = CountryField(label=_("Country of residence"), required=False)
    gender = _gender()
    access_needs = _needs()
    name_public = forms.BooleanField(
        label=_("The person agrees that name and organisation can be public"),
        required=False,
        help_text=_("Without a tick the name stays unpublished. It can be changed at any time."),
    )

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        for name in ("name", "function"):
            self.fields[name].widget.attrs["dir"] = "auto"
        for name in ("email", "gender"):
            self.fields[name].seen_by = ORGANISATION_ONLY
        self.fields["access_needs"].seen_by = FEW

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()

    @property
    def person(self) -> dict:
        """The columns as register() and correct() take them."""
        return {name: self.cleaned_data[name] for name in PersonForm.base_fields}


class NewPersonForm(PersonForm):
    event = forms.ChoiceField(label=_("Event"), choices=Event.choices, widget=forms.RadioSelect)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    field_order = ("event",)

    def __init__(self, data=None, *, events=Event, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["event"].choices = [(event.value, event.label) for event in events]


class ReplacementForm(PersonForm):
    reason = Line(label=_("Why another person comes"), max_length=300, help_text=_("The person replaced reads it."))
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    field_order = ("reason",)


class ReasonForm(forms.Form):
    reason = Line(
        label=_("Reason"), max_length=300, help_text=_("The person and those who speak for the organisation read it.")
    )


class WithdrawForm(forms.Form):
    reason = Line(label=_("Reason"), max_length=300, required=False, help_text=_("The desk reads it."))


class WishForm(forms.Form):
    speaker = Line(label=_("Who would speak"), max_length=150)
    function = Line(label=_("Function"), max_length=150, required=False)
    gender = _gender()
    spoke_before = forms.BooleanField(
        label=_("This person has spoken at a forum or a hearing before"),
        required=False,
        help_text=_("Those who speak for the first time are counted beside the list."),
    )
    language = forms.ChoiceField(label=_("Language of the statement"), choices=settings.LANGUAGES)
    topic = Text(label=_("What it would be about"), rows=5, help_text=_("A few sentences; the desk reads them."))
    access_needs = _needs()
    name_public = forms.BooleanField(
        label=_("If chosen, name, function and organisation can stand in the public programme"), required=False
    )

    def __init__(self, data=None, **kwargs):
        kwargs["initial"] = {"language": get_language(), **(kwargs.get("initial") or {})}
        super().__init__(data, **kwargs)
        for name in ("speaker", "function"):
            self.fields[name].widget.attrs["dir"] = "auto"
        self.fields["gender"].seen_by, self.fields["access_needs"].seen_by = ORGANISATION_ONLY, FEW

    @property
    def words(self) -> dict:
        """The columns as ask_to_speak() and change_wish() take them."""
        return dict(self.cleaned_data)


class SupportForm(forms.Form):
    person = Line(label=_("For whom"), max_length=150)
    country = CountryField(label=_("Country from which they come"))
    needs = forms.MultipleChoiceField(
        label=_("What is needed"), choices=SupportRequest.Need.choices, widget=forms.CheckboxSelectMultiple
    )
    words = Text(label=_("In your words"), required=False, rows=5)

    def __init__(self, data=None, *, fixed=False, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["person"].widget.attrs["dir"] = "auto"
        if fixed:
            del self.fields["person"]
        for field in self.fields.values():
            field.seen_by = ORGANISATION_ONLY


class LetterForm(forms.Form):
    """Chosen anew after every mistake: a browser gives a chosen file back to nobody."""

    file = forms.FileField(label=_("Letter of representation"))
