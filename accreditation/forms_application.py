"""What an application asks: a basis, the points of that basis, who would represent the organisation, a reply to the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.forms import BasisChoice, Line
from accreditation.models import Basis, BasisPoint
from accreditation.operations.applying import PEOPLE
from forums.typed import without_control

MOST_SIGNS = 20000
MOST_OF_A_LINE = 500
LABELS = {
    "women": _("Women among those who would represent it"),
    "men": _("Men among those who would represent it"),
    "others": _("Others among those who would represent it"),
}


class BasisForm(forms.Form):
    basis = BasisChoice(label=_("On which basis does it take part?"), empty_label=None)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["basis"].queryset = Basis.objects.filter(in_use=True)


class ApplicationForm(forms.Form):
    """The questions that can be answered now, one field a point; files have a way of their own."""

    use_required_attribute = False
    edition = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, data=None, *, accreditation, points, enquiry=None):
        self.accreditation = accreditation
        self.points = {name_of(point): point for point in points if point.kind != BasisPoint.Kind.FILE}
        self.asks_people = accreditation.status == accreditation.Status.DRAFT
        super().__init__(data, initial=answers_of(accreditation, points, enquiry))
        for name, point in self.points.items():
            self.fields[name] = _field_of(point)
        for name in PEOPLE if self.asks_people else ():
            self.fields[name] = forms.IntegerField(label=LABELS[name], min_value=0, max_value=9999, required=False)
            self.fields[name].seen_by = "organisation"
        if enquiry:
            self.fields["reply"] = forms.CharField(
                label=_("Your reply to the desk"), max_length=MOST_SIGNS, required=False, widget=_area(6)
            )
            self.fields["reply"].seen_by, self.fields["reply"].needed_to_send = "organisation", not points

    def clean(self):
        cleaned = super().clean()
        return {name: without_control(value) if isinstance(value, str) else value for name, value in cleaned.items()}

    @property
    def edition_seen(self) -> int:
        """The edition that the page showed; 0, which is none, where it was tampered with."""
        return self.cleaned_data.get("edition") or 0

    @property
    def answers(self) -> dict:
        """Well-formed answers: point -> text."""
        return {point: self.cleaned_data[name] for name, point in self.points.items() if name in self.cleaned_data}

    @property
    def people(self) -> dict:
        return {name: self.cleaned_data[name] for name in PEOPLE if name in self.cleaned_data}

    @property
    def names(self) -> list:
        """The questions without the edition."""
        return [name for name in self.fields if name != "edition"]

    def now_edition(self, edition):
        """Let the form, shown once more, go on from that edition."""
        self.data = self.data.copy()
        self.data["edition"] = str(edition)


def name_of(point) -> str:
    """The name of a point's field."""
    return f"answer-{point.code}"


def file_name_of(point) -> str:
    """The name of the field with which a file for that point is chosen."""
    return f"file-{point.code}"


def answers_of(accreditation, points, enquiry=None) -> dict:
    """What is saved, as initial values of the form."""
    texts = dict(accreditation.answers.values_list("point", "text"))
    saved = {name_of(point): texts.get(point.pk, "") for point in points}
    people = {name: getattr(accreditation, name) for name in PEOPLE}
    return {"edition": accreditation.edition, **saved, **people, "reply": enquiry.reply if enquiry else ""}


def _area(rows):
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def _field_of(point):
    if point.kind == BasisPoint.Kind.LINE:
        field = Line(label=point.label, help_text=point.help_text, max_length=MOST_OF_A_LINE, required=False)
        field.widget.attrs["dir"] = "auto"
    else:
        asked = {"label": point.label, "help_text": point.help_text, "required": False}
        field = forms.CharField(max_length=MOST_SIGNS, widget=_area(7), **asked)
        field.widget.attrs.pop("maxlength", None)  # a browser would cut what is pasted
        field.widget.attrs["data-words-limit"] = point.most_words
    field.seen_by, field.needed_to_send = "organisation", point.required
    return field


class DeclarationForm(forms.Form):
    """The last word before an application is sent."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    correct = forms.BooleanField(label=_("What is said here is correct, and I may speak for this organisation."))


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        required=False,
        widget=_area(3),
        help_text=_("The desk and your organisation read it."),
    )

    def clean_reason(self):
        return without_control(self.cleaned_data["reason"])
