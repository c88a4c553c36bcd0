"""What an organisation says about itself, as its page asks for it."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext_lazy as _

from accreditation.forms import Line, NameLine
from accreditation.models import Organisation, OrganisationName
from accreditation.models.organisation import Kind
from accreditation.names import fold
from accreditation.search import organisations_alike
from forums.models import Country, Region
from forums.templatetags.languages import direction
from forums.typed import a_name

MOST_LINES = 20
LONGEST_NAME = 250
Use = OrganisationName.Use


class NameLines(forms.CharField):
    """Names, one a line; each line is cleaned like a name that is asked for alone."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), **kwargs)

    def clean(self, value):
        names = [name for line in (value or "").splitlines() if (name := a_name(line))]
        if len(names) > MOST_LINES:
            sentence = ngettext("Give at most %(most)d line.", "Give at most %(most)d lines.", MOST_LINES)
            raise forms.ValidationError(sentence % {"most": MOST_LINES})
        for name in names:
            if len(name) > LONGEST_NAME:
                raise forms.ValidationError(_("Each name has at most %(most)d characters.") % {"most": LONGEST_NAME})
        return list(dict.fromkeys(names))

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value


class BodyLine(Line):
    """Another organisation, by its name here or by the address of its page; gives the organisation, or None."""

    def clean(self, value):
        typed = super().clean(value)
        return body_of(typed) if typed else None


class BodyLines(NameLines):
    """Other organisations, one a line."""

    def clean(self, value):
        return [body_of(typed) for typed in super().clean(value)]


def body_of(typed) -> Organisation:
    """The one living organisation that has this name or address; a sentence with the likeliest ones where none is meant."""
    living = Organisation.objects.living()
    if found := living.filter(slug=typed).first():
        return found
    named = list(living.filter(names__folded=fold(typed)).distinct()[:6])
    if len(named) == 1:
        return named[0]
    alike = named or [match.thing for match in organisations_alike(typed, most=3)]
    if not alike:
        raise forms.ValidationError(
            _("No organisation here is called “%(name)s”. Leave it out, or ask it to describe itself here.")
            % {"name": typed}
        )
    listed = "; ".join(f"{body.name} [{body.slug}]" for body in alike)
    raise forms.ValidationError(
        _("“%(name)s” is not clear. Write the name in full, or the address in square brackets: %(listed)s")
        % {"name": typed, "listed": listed}
    )


class RecordForm(forms.Form):
    edition = forms.IntegerField(widget=forms.HiddenInput)
    name = NameLine(label=_("Official name"), max_length=LONGEST_NAME)
    name_language = forms.ChoiceField(label=_("Language of the name"), choices=settings.LANGUAGES)
    acronym = NameLine(label=_("Acronym"), max_length=40, required=False)
    also_called = NameLines(
        label=_("Also called"), help_text=_("Other names by which people look for it, one a line."), max_length=6000
    )
    former = NameLines(
        label=_("Former names"),
        help_text=_("One a line. When you change the official name, the one before is added by itself."),
        max_length=6000,
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=Kind.choices)
    country = forms.ChoiceField(
        label=_("Country or area of its seat"),
        required=False,
        help_text=_("Leave it empty for a body that belongs to no country."),
    )
    seat = NameLine(label=_("City of its seat"), max_length=120, required=False)
    regions = forms.MultipleChoiceField(label=_("Regions it works in"), required=False, widget=forms.CheckboxSelectMultiple)
    website = forms.URLField(label=_("Web page"), max_length=300, required=False, assume_scheme="https")
    parent = BodyLine(
        label=_("Body it is part of"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("Its name as it stands here, or the address of its page."),
    )
    networks = BodyLines(label=_("Networks it belongs to"), help_text=_("One a line, as above."), max_length=6000)

    OFFICIAL = {f"official_{code}": code for code, _name in settings.LANGUAGES}

    def __init__(self, data=None, *, organisation, **kwargs):
        super().__init__(data, initial=said_of(organisation), **kwargs)
        countries = sorted(((country.iso3, country.name) for country in Country.objects.all()), key=lambda choice: choice[1])
        self.fields["country"].choices = [("", _("None or several")), *countries]
        self.fields["regions"].choices = [(region.code, region.name) for region in Region.objects.all()]
        for name, code in self.OFFICIAL.items():
            own = get_language_info(code)["name_local"]
            field = NameLine(label=_("Official name · %(language)s") % {"language": own}, max_length=400, required=False)
            field.widget.attrs |= {"lang": code, "dir": direction(code)}
            self.fields[name] = field
        for name in ("name", "seat", "parent"):
            self.fields[name].widget.attrs["dir"] = "auto"

    @property
    def official_fields(self):
        return [self[name] for name in self.OFFICIAL]

    @property
    def questions(self) -> list:
        return [name for name in self.fields if name != "edition"]

    def clean(self):
        """The language of the main name has its name above; a second one is not thrown away silently."""
        said = super().clean()
        double = f"official_{said.get('name_language')}"
        if said.get(double) and said[double] != said.get("name"):
            self.add_error(double, _("The official name in this language stands above. Move this one to “Also called”."))
        return said

    @property
    def about(self) -> dict:
        """What the form says, as describe() takes it."""
        said = self.cleaned_data
        plain = {name: said[name] for name in ("name", "name_language", "acronym", "kind", "seat", "website")}
        return {
            **plain,
            "country_id": said["country"] or None,
            "parent_id": said["parent"].pk if said["parent"] else None,
            "official": {code: said[name] for name, code in self.OFFICIAL.items()},
            "also_called": said["also_called"],
            "former": said["former"],
            "regions": said["regions"],
            "networks": said["networks"],
        }


def said_of(organisation) -> dict:
    """What stands in the record, in the words of the form."""
    names = list(organisation.names.all())
    lines = {use: [row.name for row in names if row.use == use] for use in (Use.ALIAS, Use.FORMER)}
    official = {row.language: row.name for row in names if row.use == Use.OFFICIAL}
    plain = ("edition", "name", "name_language", "acronym", "kind", "seat", "website")
    return {
        **{name: getattr(organisation, name) for name in plain},
        "country": organisation.country_id or "",
        "regions": [region.pk for region in organisation.regions.all()],
        "parent": _called(organisation.parent),
        "networks": [_called(body) for body in organisation.networks.all()],
        "also_called": lines[Use.ALIAS],
        "former": lines[Use.FORMER],
        **{f"official_{code}": official.get(code, "") for code, _name in settings.LANGUAGES},
    }


def _called(body) -> str:
    """Its name where that says which body is meant, else its address."""
    if body is None:
        return ""
    twins = Organisation.objects.living().filter(names__folded=fold(body.name)).exclude(pk=body.pk)
    return body.slug if twins.exists() or body.merged_into_id else body.name
