"""The choice of what a compilation takes; filled in by the address that leads there, such as the page of a duty."""

from django import forms
from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from forums.models import Forum, Milestone
from submissions.compilations.choosing import FILTERS
from submissions.models import Compilation, CompilationFile
from submissions.search.vocabulary import vocabulary

LABELS = {
    "round_table": _("Round tables"),
    "objective": _("Objectives"),
    "level": _("Levels"),
    "region": _("Regions"),
    "kind": _("Kinds of organisation"),
    "language": _("Languages of the texts"),
    "country": _("Countries and areas"),
}
ANY = _("Nothing ticked: all of them.")


class CompilationForm(forms.Form):
    use_required_attribute = False
    forum = forms.ModelChoiceField(Forum.objects.all(), to_field_name="slug", label=_("Forum"), empty_label=None)
    milestone = forms.ModelChoiceField(Milestone.objects.none(), required=False, widget=forms.HiddenInput)
    extent = forms.ChoiceField(label=_("How much of each text"), choices=Compilation.Extent.choices)
    order = forms.ChoiceField(label=_("Order"), choices=Compilation.Order.choices)
    headings = forms.ChoiceField(label=_("Language of headings and tables"), choices=settings.LANGUAGES)
    formats = forms.MultipleChoiceField(
        label=_("Formats"), choices=CompilationFile.Form.choices, widget=forms.CheckboxSelectMultiple
    )
    unpublished = forms.BooleanField(
        label=_("With accepted inputs that are not public yet"),
        required=False,
        help_text=_("For the desk only: every page is marked, each reading is noted, and it is kept for thirty days."),
    )

    def __init__(self, data=None, *, words, may_unpublished, asked=None):
        super().__init__(data, initial=_asked(asked or {}))
        self.fields["milestone"].queryset = Milestone.objects.filter(kind__in=["note", "report"])
        if not may_unpublished:
            del self.fields["unpublished"]
        for name in FILTERS:
            widget = forms.SelectMultiple(attrs={"size": 8}) if name == "country" else forms.CheckboxSelectMultiple()
            field = forms.MultipleChoiceField(
                label=LABELS[name], choices=list(words[name].items()), required=False, widget=widget, help_text=ANY
            )
            field.initial = (asked or {}).getlist(name) if asked else []
            self.fields[name] = field

    def clean(self):
        """A duty of another forum is none."""
        cleaned = super().clean()
        duty, forum = cleaned.get("milestone"), cleaned.get("forum")
        if duty and forum and duty.forum_id != forum.pk:
            cleaned["milestone"] = None
        return cleaned

    @property
    def question(self) -> dict:
        """What the operation is asked."""
        given = self.cleaned_data
        return {
            "chosen": {name: given[name] for name in FILTERS},
            "extent": given["extent"],
            "order": given["order"],
            "language": given["headings"],
            "forms": given["formats"],
            "unpublished": given.get("unpublished", False),
            "milestone": given["milestone"],
        }


def _asked(query) -> dict:
    """What the address says of the fields that have one value, and the formats."""
    said = {name: query.get(name, "") for name in ("forum", "milestone", "extent", "order", "headings")}
    milestone = said["milestone"] if str(said["milestone"]).isdecimal() and len(str(said["milestone"])) < 19 else ""
    return {
        "forum": said["forum"] or getattr(Forum.objects.current(now().date()), "slug", ""),
        "milestone": milestone,
        "extent": said["extent"] or Compilation.Extent.EXCERPT,
        "order": said["order"] or Compilation.Order.OBJECTIVE,
        "headings": said["headings"] or get_language(),
        "formats": (query.getlist("formats") if query else []) or CompilationFile.Form.values,
    }


def words_for_choice() -> dict:
    """What may be chosen, in the reader's language: one statement."""
    return vocabulary([]).words
