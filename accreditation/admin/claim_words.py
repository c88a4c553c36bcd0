"""What each decision about a claim asks for, and what is filled in beforehand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.models import BasisPoint, RegisterEntry
from accreditation.operations.checking import evidence_of, likely_in_register, passes_on
from forums.admin.decisions import Words


def likely_of(accreditation):
    """The likeliest entries of the register of this basis; looked up once for a page."""
    if not hasattr(accreditation, "likely"):
        accreditation.likely = likely_in_register(accreditation.organisation, accreditation.basis)
    return accreditation.likely


def day_field(label, **more):
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class Question(Words):
    points = forms.ModelMultipleChoiceField(
        BasisPoint.objects.none(),
        label=_("About which parts (only these can be written then)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    question = forms.CharField(
        label=_("What is missing (the organisation reads it)"), widget=forms.Textarea(attrs={"rows": 4})
    )
    answer_on = day_field(_("Answer until the end of this day, where the forum is"), required=False)

    def know(self, accreditation):
        """The parts of this application, and those who answer have a day to do it by."""
        self.fields["points"].queryset = BasisPoint.objects.filter(basis=accreditation.basis_id, in_use=True)
        if not self.fields["points"].queryset.exists():
            del self.fields["points"]


class Reason(Words):
    reason = forms.CharField(label=_("Reason (the organisation reads it)"), widget=forms.Textarea(attrs={"rows": 3}))


class Ending(Reason):
    evidence = forms.CharField(label=_("Evidence: what shows it"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class Evidence(Words):
    decided_on = day_field(_("Decided on"))
    decided_by = forms.CharField(label=_("Decided by"), max_length=160)
    evidence = forms.CharField(label=_("Evidence: what shows it"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class EntryChoice(forms.ModelChoiceField):
    def label_from_instance(self, entry):
        return " · ".join(filter(None, [entry.name, entry.status, entry.status_as_of]))


class Recognition(Evidence):
    entry = EntryChoice(RegisterEntry.objects.none(), label=_("Entry of the register"), required=False)

    def know(self, accreditation):
        """Offer the entries that are called like the organisation.

        Where the register's own word is evidence, as with status A, it is filled in; with another status the word of who
        decides is to be typed, so that nothing stands there by itself.
        """
        basis, likely = accreditation.basis, likely_of(accreditation)
        self.fields["entry"].queryset = RegisterEntry.objects.filter(pk__in=[found.thing.pk for found in likely])
        shown = next((found.thing for found in likely if found.is_confident and passes_on(basis, found.thing)), None)
        if shown:
            self.fields["entry"].initial, self.fields["evidence"].initial = shown.pk, evidence_of(shown)
        if shown or not basis.passes_on:
            self.fields["decided_by"].initial = basis.decided_by


class Outcome(Evidence):
    accredited = forms.TypedChoiceField(
        label=_("Outcome"),
        choices=[("yes", _("Accredited")), ("no", _("Not accredited"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    field_order = ("accredited", "decided_on", "decided_by", "evidence")
