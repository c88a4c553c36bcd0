"""What is asked of a newer copy of a register when it is sent, and what is said about it once it was read."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.models import Register, RegisterImport
from accreditation.registers import importing
from forums.admin.decisions import Decision

State = RegisterImport.State
TONES = {"waiting": "wait", "reading": "wait", "bringing": "wait", "read": "now", "refused": "stop", "brought_in": "done"}
ADD = "accreditation.add_registerimport"
TAB_WORDS = {
    "new": _("New"),
    "gone": _("No longer on the list"),
    "changed": _("Changed"),
    "touched": _("Standings touched"),
}


@dataclass(frozen=True)
class Word(Decision):
    """What is said about a copy; it has a state, and no steps."""

    def fits(self, run) -> bool:
        return run.state in self.from_statuses


def _may(user, run):
    return user.has_perm(ADD)


WORDS = (
    Word(
        "bring_in",
        _("Bring it in"),
        _("It is being brought in. Standings that it touches are listed when it is done."),
        (State.READ,),
        State.BRINGING,
        may=_may,
        act=importing.bring_in,
        tone="",
        for_whom=_("For those who bring in registers."),
    ),
    Word(
        "set_aside",
        _("Set it aside"),
        _("It is set aside. The register stays as it is."),
        (State.WAITING, State.READ, State.REFUSED),
        State.SET_ASIDE,
        may=_may,
        act=lambda run, *, by, at: importing.set_aside(run, at=at),
        for_whom=_("For those who bring in registers."),
    ),
)


class CopyForm(forms.Form):
    kind = forms.ChoiceField(label=_("Which register"), choices=Register.Kind.choices)
    as_of = forms.DateField(
        label=_("As of: the day on which the list was copied"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    source = forms.CharField(label=_("Source: where it was copied"), max_length=500, widget=forms.TextInput)
    file = forms.FileField(label=_("File: CSV in UTF-8, or XLSX"))
