"""Basis: the ground on which an organisation takes part: who decides, on what evidence, and what it permits."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from forums.history import history_of


@pghistory.track(**history_of("Basis"))
class Basis(models.Model):
    """Rows that staff edit; what was granted keeps the terms it was granted under (`Accreditation.terms`)."""

    class Holds(models.TextChoices):
        FORUM = "forum", _("For one forum")
        YEARS = "years", _("For some years")
        REGISTER = "register", _("As long as the register shows it")

    code = models.CharField(_("code"), max_length=30, primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    explanation = models.TextField(_("explanation"), blank=True)
    paragraph = models.CharField(_("resolution and paragraph"), max_length=80)
    decided_by = models.CharField(_("who decides"), max_length=160)
    evidence = models.CharField(_("evidence asked for"), max_length=300, blank=True)
    register = models.CharField(_("checked against the register"), max_length=20, blank=True)
    passes_on = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        verbose_name=_("statuses in the register that are evidence by themselves"),
        help_text=_("Separated by commas. With another status the desk needs the word of who decides."),
    )
    non_objection = models.BooleanField(_("put to Member States on a non-objection basis"), default=False)
    in_use = models.BooleanField(_("may be claimed"), default=True)
    confirmable = models.BooleanField(_("a standing of the last forum can be confirmed for the next"), default=True)
    # What it permits
    may_attend = models.BooleanField(_("attends the forum"), default=True)
    may_attend_hearing = models.BooleanField(_("attends the hearing"), default=True)
    may_ask_to_speak = models.BooleanField(_("may ask to speak"), default=True)
    may_send_inputs = models.BooleanField(_("may send inputs"), default=True)
    most_words = models.PositiveIntegerField(_("words of an input at most"), null=True, blank=True)
    most_persons = models.PositiveSmallIntegerField(_("persons at the forum at most"), null=True, blank=True)
    most_persons_hearing = models.PositiveSmallIntegerField(_("persons at the hearing at most"), null=True, blank=True)
    # How long it holds
    holds = models.CharField(_("how long it holds"), max_length=10, choices=Holds, default=Holds.FORUM)
    holds_years = models.PositiveSmallIntegerField(_("years"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=0)

    TERMS = (
        "paragraph",
        "may_attend",
        "may_attend_hearing",
        "may_ask_to_speak",
        "may_send_inputs",
        "most_words",
        "most_persons",
        "most_persons_hearing",
        "holds",
        "holds_years",
    )

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("basis")
        verbose_name_plural = _("bases")

    def __str__(self):
        return self.name

    def terms(self) -> dict:
        """What it permits today, as it is kept with what is granted today."""
        return {name: getattr(self, name) for name in self.TERMS}


class BasisPoint(models.Model):
    """One thing that an application on this basis says or shows."""

    class Kind(models.TextChoices):
        LINE = "line", _("One line")
        TEXT = "text", _("Text")
        FILE = "file", _("File")

    basis = models.ForeignKey(Basis, models.CASCADE, related_name="points", verbose_name=_("basis"))
    code = models.SlugField(_("code"), max_length=40)
    label = models.CharField(_("what is asked"), max_length=200)
    help_text = models.CharField(_("why it is asked, and an example"), max_length=400, blank=True)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.TEXT)
    required = models.BooleanField(_("needed for sending"), default=True)
    most_words = models.PositiveIntegerField(_("words at most"), default=300)
    in_use = models.BooleanField(_("asked now"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["basis", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["basis", "code"], name="one_point_per_code")]
        verbose_name = _("point of an application")
        verbose_name_plural = _("points of an application")

    def __str__(self):
        return self.label
