"""What the desk decides about a claim, and what each decision asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation import operations
from accreditation.admin.registers import likely_entries
from accreditation.models import Accreditation, RegisterEntry
from accreditation.permissions import may_record, may_screen
from forums.admin.decisions import Decision, Words

Status = Accreditation.Status


class Question(Words):
    question = forms.CharField(
        label=_("What is missing (the organisation reads it)"), widget=forms.Textarea(attrs={"rows": 4})
    )


class Evidence(Words):
    decided_on = forms.DateField(label=_("Decided on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    decided_by = forms.CharField(label=_("Decided by"), max_length=160)
    evidence = forms.CharField(label=_("Evidence: what shows it"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class Recognition(Evidence):
    entry = forms.ModelChoiceField(RegisterEntry.objects.none(), label=_("Entry of the register"), required=False)

    def know(self, accreditation):
        """Offer the entries that are called like the organisation, and say who decides on this basis."""
        likely = [entry.pk for entry in likely_entries(accreditation)]
        self.fields["entry"].queryset = RegisterEntry.objects.filter(pk__in=likely)
        self.fields["decided_by"].initial = accreditation.basis.decided_by


class Outcome(Evidence):
    accredited = forms.TypedChoiceField(
        label=_("Outcome"),
        choices=[("yes", _("Accredited")), ("no", _("Not accredited"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    field_order = ("accredited", "decided_on", "decided_by", "evidence")


def decided_by_states(accreditation):
    return accreditation.basis.non_objection


def held_already(accreditation):
    return not accreditation.basis.non_objection


def screens(user, accreditation):
    return may_screen(user, accreditation.organisation)


def records(user, accreditation):
    return may_record(user, accreditation.organisation)


DECISIONS = (
    Decision(
        key="take_up",
        label=_("Take up"),
        done=_("The claim is in screening."),
        from_statuses=(Status.SUBMITTED,),
        to=Status.SCREENING,
        may=screens,
        act=operations.take_up,
        tone="",
    ),
    Decision(
        key="recognise",
        label=_("Record a standing held already"),
        done=_("The standing is recorded."),
        from_statuses=(Status.SCREENING,),
        to=Status.RECOGNISED,
        suits=held_already,
        may=records,
        act=operations.recognise,
        words=Recognition,
        tone="",
        for_whom=_("Outcomes are recorded by those with that permission, never for their own organisation."),
    ),
    Decision(
        key="put_forward",
        label=_("Put to Member States"),
        done=_("The application is put to Member States."),
        from_statuses=(Status.SCREENING,),
        to=Status.PUT_FORWARD,
        suits=decided_by_states,
        may=records,
        act=operations.put_forward,
        for_whom=_("Outcomes are recorded by those with that permission, never for their own organisation."),
    ),
    Decision(
        key="record_outcome",
        label=_("Record the outcome"),
        done=_("The outcome is recorded."),
        from_statuses=(Status.PUT_FORWARD,),
        to=Status.ACCREDITED,
        may=records,
        act=operations.record_outcome,
        words=Outcome,
        tone="",
        for_whom=_("Outcomes are recorded by those with that permission, never for their own organisation."),
    ),
    Decision(
        key="not_held",
        label=_("Record that the standing is not held"),
        done=_("It is recorded that the standing is not held."),
        from_statuses=(Status.SCREENING,),
        to=Status.NOT_ACCREDITED,
        suits=held_already,
        may=records,
        act=lambda accreditation, **words: operations.record_outcome(accreditation, accredited=False, **words),
        words=Evidence,
        tone="stop",
        for_whom=_("Outcomes are recorded by those with that permission, never for their own organisation."),
    ),
    Decision(
        key="ask_for_more",
        label=_("Ask for more information"),
        done=_("The question goes to the organisation."),
        from_statuses=(Status.SCREENING,),
        to=Status.MORE_ASKED,
        may=screens,
        act=operations.ask_for_more,
        words=Question,
    ),
)
