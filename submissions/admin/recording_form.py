"""What the desk types of an input that came by letter or mail: whose it is, how and when it came, its particulars."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accreditation.forms import NameLine
from accreditation.models import Organisation
from accreditation.models.organisation import Kind
from accreditation.search import organisations_like
from forums.admin.picking import Picked
from forums.models import Call, Country, Objective, Region
from forums.models.call import Level
from forums.templatetags.moments import city_of
from forums.zoned_fields import WallClockField, instant_of
from submissions.forms import LONGEST_TEXT, LONGEST_TITLE, countries_by_region
from submissions.models import Recording
from submissions.typed_fields import Line, Text, Ticks

MOST_ALIKE = 8
ALIKE = 0.55  # from here on a record is shown before another one is made
ABOUT = ("title", "level", "language", "objectives", "countries", "regions", "summary", "text", "source_url")
OF_NEW = ("name", "name_language", "acronym", "kind", "country")
COLUMNS = ("how", "late_reason", "contact_name", "contact_email", "tells_people", "letter_to", "letter_language")
NEW = "new"


class CallChoice(forms.ModelChoiceField):
    """Each call with its forum and the city whose clock counts."""

    def label_from_instance(self, call):
        said = {"call": call.name, "forum": call.forum.name, "city": city_of(call.forum.zone)}
        return format_lazy(_("{call} · {forum} · {city} time"), **said)


class RecordingForm(forms.Form):
    """`parts` are its sections; `alike`, records that may be the organisation typed, once it was asked for."""

    use_required_attribute = False
    call = CallChoice(Call.objects.none(), label=_("Call"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        required=False,
        help_text=_("Type part of any of its names. It needs no focal point. Is it not there? Leave this empty and go on."),
    )
    name = NameLine(
        label=_("Official name of an organisation that is not there"),
        max_length=250,
        required=False,
        help_text=_("Records with a name like this one are shown before a new one is made."),
    )
    name_language = forms.ChoiceField(label=_("Language of the name"), choices=settings.LANGUAGES, required=False)
    acronym = NameLine(label=_("Acronym"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("What it is"), choices=[("", _("Choose a kind")), *Kind.choices], required=False)
    country = forms.ChoiceField(label=_("Country or area of its seat"), required=False)
    is_one_of = forms.ChoiceField(label=_("Is it one of these?"), required=False, widget=forms.RadioSelect)
    how = forms.ChoiceField(label=_("How it reached the Network"), choices=Recording.How.choices, widget=forms.RadioSelect)
    came_at = WallClockField(
        label=_("When it reached the Network"),
        help_text=_("On the clock of the city that is named with the call. It decides whether the input came late."),
    )
    late_reason = Line(
        label=_("Why it is taken although it came late"),
        required=False,
        max_length=500,
        help_text=_("Needed only when the call had closed by then. Seen by the desk."),
    )
    title = Line(label=_("Title"), max_length=LONGEST_TITLE)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language of the text"), choices=[("", _("Choose a language")), *settings.LANGUAGES]
    )
    objectives = Ticks(label=_("Objectives of the Global Compact it speaks to"), required=False)
    countries = Ticks(label=_("Countries or areas it is about"), required=False, in_groups=True)
    regions = Ticks(label=_("Regions it is about"), required=False)
    summary = Text(label=_("Summary"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))
    text = Text(label=_("Text"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 12}))
    source_url = forms.URLField(label=_("Where the original stands"), required=False, max_length=500, assume_scheme="https")
    contact_name = Line(
        label=_("Contact"), required=False, max_length=200, help_text=_("Never published. Seen by the desk.")
    )
    contact_email = forms.EmailField(label=_("Address of the contact"), required=False, max_length=254)
    tells_people = forms.BooleanField(
        label=_("Letters go to those who speak for the organisation, where somebody does"), required=False, initial=True
    )
    letter_to = forms.EmailField(
        label=_("Another address for the letter of receipt"),
        required=False,
        max_length=254,
        help_text=_("It gets the receipt and the address of a page that shows where the input stands, without an account."),
    )
    letter_language = forms.ChoiceField(label=_("Language of that letter"), choices=settings.LANGUAGES, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, site, user, **kwargs):
        super().__init__(data, **kwargs)
        self.user, self.alike = user, []
        self.fields["call"].queryset = Call.objects.for_inputs().select_related("forum").order_by("-forum__year", "slug")
        theirs = Organisation.objects.represented_by(user)
        self.fields["organisation"].queryset = Organisation.objects.living().exclude(pk__in=theirs)
        relation = Recording._meta.get_field("organisation")
        self.fields["organisation"].widget = Picked(relation, site, choices=self.fields["organisation"].choices)
        regions = [(region.code, region.name) for region in Region.objects.all()]
        countries = sorted(((each.iso3, each.name) for each in Country.objects.all()), key=lambda choice: choice[1])
        self.fields["country"].choices = [("", _("None or several")), *countries]
        self.fields["countries"].choices, self.fields["regions"].choices = countries_by_region(regions), regions
        self.fields["objectives"].choices = [(str(each.number), str(each)) for each in Objective.objects.all()]
        self._know_alike()
        for name in ("name", "title", "summary", "text", "contact_name", "late_reason"):
            self.fields[name].widget.attrs["dir"] = "auto"

    def _know_alike(self):
        """Records that may be the one typed: shown once somebody typed a name and chose no record."""
        name = str(self.data.get("name", "")).strip()[:250]
        if not name or self.data.get("organisation"):
            del self.fields["is_one_of"]
            return
        own = set(Organisation.objects.represented_by(self.user).values_list("pk", flat=True))
        found = organisations_like(name, str(self.data.get("acronym", ""))[:40], MOST_ALIKE)
        self.alike = [each for each in found if each.match.score >= ALIKE and each.pk not in own]
        if not self.alike:
            del self.fields["is_one_of"]
            return
        known = [(str(each.pk), _in_words(each)) for each in self.alike]
        self.fields["is_one_of"].choices = [*known, (NEW, _("None of these: make a new record"))]

    def clean(self):
        said = super().clean()
        call, wall = said.get("call"), said.get("came_at")
        if call and wall:
            try:
                said["came_at"] = instant_of(wall, call.forum.zone)
            except ValidationError as skipped:
                self.add_error("came_at", skipped)
        self._whose(said)
        return said

    def _whose(self, said):
        if said.get("organisation"):
            return
        if not said.get("name"):
            self.add_error("organisation", _("Choose the organisation, or type the name of a new one."))
        elif self.alike and not said.get("is_one_of"):
            self.add_error("is_one_of", _("Records with a like name are here already. Choose one, or a new record."))
        elif said.get("is_one_of", "") not in ("", NEW):
            said["organisation"] = next(each for each in self.alike if str(each.pk) == said["is_one_of"])
        elif not said.get("kind"):
            self.add_error("kind", _("Say what the new organisation is."))

    @property
    def staged(self) -> dict:
        """What is typed as `stage` keeps it."""
        said = self.cleaned_data
        new = {} if said["organisation"] else {name: said[name] for name in OF_NEW}
        columns = {name: said[name] for name in COLUMNS}
        about = {name: said[name] for name in ABOUT} | {"objectives": sorted(map(int, said["objectives"]))}
        own = {"call": said["call"], "organisation": said["organisation"], "came_at": said["came_at"]}
        return {**own, **columns, "new_organisation": new, "about": about}


def _in_words(organisation):
    said = {"name": organisation.name, "why": organisation.match.why, "score": f"{organisation.match.score:.2f}"}
    return format_lazy(_("{name} ({why}, {score})"), **said)


def typed_of(recording) -> dict:
    """What a staged recording says, as the form's fields hold it."""
    columns = {name: getattr(recording, name) for name in COLUMNS}
    about = {**recording.about, "objectives": [str(number) for number in recording.about.get("objectives", [])]}
    wall = recording.came_at.astimezone(recording.call.forum.zone).replace(tzinfo=None)
    own = {"call": recording.call_id, "organisation": recording.organisation_id, "came_at": wall, "key": recording.key}
    return {**columns, **about, **recording.new_organisation, **own}
