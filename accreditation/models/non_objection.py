"""The non-objection list (A/RES/73/326, paragraph 5): its lines, what was objected, and its way to an outcome."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accreditation.models.organisation import Kind
from forums.history import history_of
from forums.models import Procedure, Step


@pghistory.track(**history_of("NonObjectionList"))
class NonObjectionList(Procedure):
    """Compiled by the desk for the President of the General Assembly; Member States decide, the desk records it."""

    class Status(models.TextChoices):
        PREPARING = "preparing", _("Being prepared")
        CIRCULATED = "circulated", _("Circulated")
        PERIOD_ENDED = "period_ended", _("Period ended")
        OUTCOME_RECORDED = "outcome_recorded", _("Outcome recorded")

    MOVES = {
        Status.PREPARING: {Status.CIRCULATED},
        Status.CIRCULATED: {Status.PERIOD_ENDED},
        Status.PERIOD_ENDED: {Status.OUTCOME_RECORDED},
        Status.OUTCOME_RECORDED: set(),
    }

    forum = models.ForeignKey("forums.Forum", models.PROTECT, related_name="non_objection_lists", verbose_name=_("forum"))
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)  # given when it is frozen
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.PREPARING, editable=False)
    note = models.TextField(_("note to the Office of the President of the General Assembly"), blank=True)
    begun_at = models.DateTimeField(_("begun"))
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("begun by"))
    frozen_at = models.DateTimeField(_("frozen"), null=True, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("frozen by")
    )
    circulated_on = models.DateField(_("circulated on"), null=True, blank=True)
    circulated_by = models.CharField(_("circulated by"), max_length=160, blank=True)
    circulation_evidence = models.CharField(_("evidence of the circulation"), max_length=500, blank=True)
    period_ends_at = models.DateTimeField(_("the period ends (this instant is already outside)"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("desk reminded"), null=True, blank=True)
    outcome_on = models.DateField(_("decided on"), null=True, blank=True)
    outcome_by = models.CharField(_("decided by"), max_length=160, blank=True)
    outcome_evidence = models.CharField(_("evidence of the outcome"), max_length=500, blank=True)
    letters_released_at = models.DateTimeField(_("letters released"), null=True, blank=True)

    class Meta:
        ordering = ["forum", F("number").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "number"], name="one_list_per_number"),
            models.UniqueConstraint(
                fields=["forum"],
                condition=Q(status="preparing", frozen_at__isnull=True),
                name="one_list_in_preparation_per_forum",
            ),
            models.CheckConstraint(
                condition=Q(status="preparing")
                | (Q(frozen_at__isnull=False) & Q(circulated_on__isnull=False) & Q(period_ends_at__isnull=False)),
                name="a_circulated_list_is_frozen_and_has_a_period",
            ),
        ]
        verbose_name = _("non-objection list")
        verbose_name_plural = _("non-objection lists")

    def __str__(self):
        if self.number is None:
            return _("%(forum)s · list in preparation") % {"forum": self.forum}
        return _("%(forum)s · list %(number)d") % {"forum": self.forum, "number": self.number}


class NonObjectionListStep(Step):
    list = models.ForeignKey(NonObjectionList, models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        verbose_name = _("step of a non-objection list")
        verbose_name_plural = _("steps of non-objection lists")


class ListLine(models.Model):
    """One organisation on the list, as it stood when the list was frozen."""

    class Outcome(models.TextChoices):
        OPEN = "", _("Not recorded")
        ACCREDITED = "accredited", _("Accredited")
        NOT_ACCREDITED = "not_accredited", _("Not accredited")

    list = models.ForeignKey(NonObjectionList, models.PROTECT, related_name="lines", verbose_name=_("list"))
    accreditation = models.ForeignKey(
        "accreditation.Accreditation", models.PROTECT, related_name="lines", verbose_name=_("accreditation")
    )
    position = models.PositiveSmallIntegerField(_("number on the list"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=250)
    name_language = models.CharField(max_length=10, default="en")
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    kind = models.CharField(_("kind of organisation"), max_length=20, choices=Kind)
    country = models.ForeignKey(
        "forums.Country", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country or area")
    )
    added_at = models.DateTimeField(_("put on the list"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(_("taken off"), null=True, blank=True)
    struck_because = models.CharField(_("taken off, because"), max_length=300, blank=True)
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome, blank=True, default="")
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)

    class Meta:
        ordering = ["list", F("position").asc(nulls_last=True), "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["list", "accreditation"], name="an_organisation_is_once_on_a_list"),
            models.UniqueConstraint(fields=["list", "position"], name="one_line_per_number"),
        ]
        verbose_name = _("line of a non-objection list")
        verbose_name_plural = _("lines of non-objection lists")

    def __str__(self):
        return self.name


class ListDocument(models.Model):
    """The note and the list as a file for the Office of the President, made by a sweep from the frozen list."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"
        XLSX = "xlsx", "XLSX"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    list = models.ForeignKey(NonObjectionList, models.CASCADE, related_name="documents", verbose_name=_("list"))
    format = models.CharField(_("format"), max_length=4, choices=Format)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    wanted_at = models.DateTimeField(_("wanted at"))
    wanted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)
    file = models.FileField(upload_to="lists/", blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    trouble = models.CharField(_("why it could not be made"), max_length=300, blank=True)

    class Meta:
        ordering = ["list", "format", "language"]
        constraints = [
            models.UniqueConstraint(fields=["list", "format", "language"], name="one_document_per_format_and_language")
        ]
        verbose_name = _("document of a non-objection list")
        verbose_name_plural = _("documents of non-objection lists")

    def __str__(self):
        return f"{self.list} · {self.format} · {self.language}"


@pghistory.track(**history_of("Objection"))
class Objection(models.Model):
    """What a Member State made known, on a voluntary basis; seen only by those entitled, each look logged."""

    line = models.ForeignKey(ListLine, models.PROTECT, related_name="objections", verbose_name=_("line"))
    received_on = models.DateField(_("received on"))
    ground = models.TextField(_("general ground, if the State made it known"), blank=True)
    state = models.ForeignKey(
        "forums.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("State, if it is to be recorded"),
    )
    evidence = models.CharField(_("evidence"), max_length=500)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)
    lifted_evidence = models.CharField(_("evidence that it was lifted"), max_length=500, blank=True)

    class Meta:
        ordering = ["line", "received_on", "pk"]
        verbose_name = _("objection")
        verbose_name_plural = _("objections")

    def __str__(self):
        return f"{self.line} · {self.received_on}"
