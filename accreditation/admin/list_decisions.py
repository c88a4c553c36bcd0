"""What the desk does with a non-objection list, and what each act asks for."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accreditation.models import Accreditation, ListDocument, ListLine, NonObjectionList, Objection
from accreditation.non_objection import documents, operations
from forums.admin.decisions import Decision, Words
from forums.models import Country
from forums.templatetags.moments import city_of
from forums.zoned_fields import WallClockField, instant_of

Status = NonObjectionList.Status
OPEN = (Status.CIRCULATED, Status.PERIOD_ENDED)
DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
LINES = {"widget": forms.Textarea(attrs={"rows": 3, "dir": "auto"})}


@dataclass(frozen=True)
class Act(Decision):
    """A decision that need not change the status."""

    def fits(self, thing) -> bool:
        return thing.status in self.from_statuses and self.suits(thing)


class Add(Words):
    applications = forms.ModelMultipleChoiceField(
        Accreditation.objects.none(), label=_("Screened applications"), widget=forms.CheckboxSelectMultiple
    )

    def know(self, listed):
        self.fields["applications"].queryset = operations.fitting(listed.forum)
        self.fields["applications"].label_from_instance = lambda one: one.organisation.name


class TakeOff(Words):
    line = forms.ModelChoiceField(ListLine.objects.none(), label=_("Line"))

    def know(self, listed):
        self.fields["line"].queryset = listed.lines.all()


class Note(Words):
    note = forms.CharField(label=_("Note to the Office of the President"), required=False, **LINES)

    def know(self, listed):
        self.fields["note"].initial = listed.note


class Documents(Words):
    format = forms.ChoiceField(label=_("Format"), choices=ListDocument.Format.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class Circulation(Words):
    circulated_on = forms.DateField(label=_("Circulated on"), **DAY)
    circulated_by = forms.CharField(label=_("Circulated by"), max_length=160)
    evidence = forms.CharField(label=_("Evidence: a symbol or a letter"), max_length=500)
    period_ends_at = WallClockField(label=_("The period ends (this moment is already outside)"))

    def know(self, listed):
        """The end is typed on the clock of the forum's city."""
        self.zone = self.fields["period_ends_at"].zone = listed.forum.zone
        place = {"city": city_of(self.zone), "zone": self.zone.key}
        self.fields["period_ends_at"].help_text = format_lazy(_("Wall clock of {city} ({zone})."), **place)

    def clean_period_ends_at(self):
        return instant_of(self.cleaned_data["period_ends_at"], self.zone)


class NewObjection(Words):
    line = forms.ModelChoiceField(ListLine.objects.none(), label=_("Line"))
    received_on = forms.DateField(label=_("Received on"), **DAY)
    ground = forms.CharField(label=_("General ground, only if the State made it known"), required=False, **LINES)
    state = forms.ModelChoiceField(
        Country.objects.filter(un_status="member"), label=_("State, only if it is to be recorded"), required=False
    )
    evidence = forms.CharField(label=_("Evidence"), max_length=500)

    def know(self, listed):
        self.fields["line"].queryset = listed.lines.filter(struck_at__isnull=True)


class Lifting(Words):
    objection = forms.ModelChoiceField(Objection.objects.none(), label=_("Objection"))
    lifted_on = forms.DateField(label=_("Lifted on"), **DAY)
    evidence = forms.CharField(label=_("Evidence"), max_length=500)

    def know(self, listed):
        self.fields["objection"].queryset = Objection.objects.filter(line__list=listed, lifted_on__isnull=True)


class Lines(Words):
    """An outcome for each line; a line may stay without one until the whole is recorded."""

    def know(self, listed):
        for line in listed.lines.filter(struck_at__isnull=True):
            self.fields[f"line-{line.position}"] = forms.ChoiceField(
                label=f"{line.position}. {line.name}", choices=ListLine.Outcome.choices, required=False, initial=line.outcome
            )

    @property
    def outcomes(self) -> dict:
        chosen = {int(name.partition("-")[2]): value for name, value in self.cleaned_data.items()}
        return {position: value for position, value in chosen.items() if value}


class Whole(Words):
    decided_on = forms.DateField(label=_("Decided on"), **DAY)
    decided_by = forms.CharField(label=_("Decided by"), max_length=160)
    evidence = forms.CharField(label=_("Evidence: what shows it"), max_length=500)
    all_accredited = forms.BooleanField(label=_("Every line without an outcome is accredited"), required=False)


def add(listed, *, by, at, applications):
    for application in applications:
        operations.add_to_list(application, by=by, at=at)


def take_off(listed, *, by, at, line):
    operations.take_off(line, by=by, at=at, because="")


def record_objection(listed, *, line, **said):
    operations.record_objection(line, **said)


def lift(listed, *, objection, **said):
    operations.lift_objection(objection, **said)


def compiles(user, listed):
    """Nobody compiles a list on which an organisation of their own stands."""
    own = listed.lines.filter(accreditation__organisation__memberships__in=user.memberships.standing())
    return user.has_perm("accreditation.compile_list") and not own.exists()


def keeps_objections(user, listed):
    return user.has_perm("accreditation.add_objection") and compiles(user, listed)


def is_open(listed):
    return listed.frozen_at is None


def is_frozen(listed):
    return listed.frozen_at is not None


def has_objection(listed):
    return Objection.objects.filter(line__list=listed, lifted_on__isnull=True).exists()


def waits_for_release(listed):
    return listed.letters_released_at is None


NOT_YOU = _("Lists are compiled by those with that permission, never one on which their own organisation stands.")
PREPARING = {"from_statuses": (Status.PREPARING,), "to": "", "may": compiles, "for_whom": NOT_YOU}
CONSIDERED = {"from_statuses": OPEN, "to": "", "may": keeps_objections, "for_whom": NOT_YOU}
ENDED = {"from_statuses": (Status.PERIOD_ENDED,), "may": compiles, "for_whom": NOT_YOU}

ACTS = (
    Act(
        key="add",
        label=_("Put on the list"),
        done=_("They are on the list."),
        act=add,
        words=Add,
        suits=is_open,
        **PREPARING,
    ),
    Act(
        key="take_off",
        label=_("Take off the list"),
        done=_("The line is off the list."),
        act=take_off,
        words=TakeOff,
        suits=is_open,
        **PREPARING,
    ),
    Act(
        key="note",
        label=_("Write the note"),
        done=_("The note is kept."),
        act=operations.write_note,
        words=Note,
        **PREPARING,
    ),
    Act(
        key="freeze",
        label=_("Freeze and number"),
        done=_("The list is frozen."),
        act=operations.freeze,
        suits=is_open,
        tone="",
        **PREPARING,
    ),
    Act(
        key="thaw", label=_("Open it again"), done=_("The list is open."), act=operations.thaw, suits=is_frozen, **PREPARING
    ),
    Act(
        key="circulate",
        label=_("Record the circulation"),
        done=_("The list was put to Member States."),
        act=operations.circulate,
        words=Circulation,
        suits=is_frozen,
        tone="",
        **{**PREPARING, "to": Status.CIRCULATED},
    ),
    Act(
        key="object",
        label=_("Record an objection"),
        done=_("The objection is recorded."),
        act=record_objection,
        words=NewObjection,
        **CONSIDERED,
    ),
    Act(
        key="lift",
        label=_("Record that an objection was lifted"),
        done=_("It is recorded."),
        act=lift,
        words=Lifting,
        suits=has_objection,
        **CONSIDERED,
    ),
    Act(
        key="lines",
        label=_("Outcome of single lines"),
        done=_("The outcomes are kept; nobody was told."),
        act=operations.set_outcomes,
        words=Lines,
        to="",
        **ENDED,
    ),
    Act(
        key="outcome",
        label=_("Record the outcome"),
        done=_("The outcome is recorded; its letters wait."),
        act=operations.record_list_outcome,
        words=Whole,
        tone="",
        to=Status.OUTCOME_RECORDED,
        **ENDED,
    ),
    Act(
        key="release",
        label=_("Let the letters go out"),
        done=_("The letters go out."),
        act=operations.release_letters,
        suits=waits_for_release,
        tone="",
        from_statuses=(Status.OUTCOME_RECORDED,),
        to="",
        may=compiles,
        for_whom=NOT_YOU,
    ),
    Act(
        key="document",
        label=_("Make a document"),
        done=_("The document is being made; open this page again in a minute."),
        act=documents.want,
        words=Documents,
        suits=is_frozen,
        from_statuses=tuple(Status),
        to="",
        may=compiles,
        for_whom=NOT_YOU,
    ),
)
