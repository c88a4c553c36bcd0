"""Call: an invitation to send inputs or to apply, its window, its limits, who may answer; Extension: its moved closing."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.history import history_of
from forums.windows import Phase, Window


class Level(models.TextChoices):
    LOCAL = "local", _("Local")
    NATIONAL = "national", _("National")
    REGIONAL = "regional", _("Regional")
    GLOBAL = "global", _("Global")


class CallQuerySet(models.QuerySet):
    def for_inputs(self):
        return self.filter(purpose=Call.Purpose.INPUT)

    def open(self, at):
        return self.filter(opens_at__lte=at).filter(Q(closes_at__isnull=True) | Q(closes_at__gt=at))

    def closing(self, at, *, within):
        """Calls that are open at that moment and close within the time given."""
        return self.open(at).filter(closes_at__lte=at + within)


@pghistory.track(
    **history_of("Call"),
    fields=["opens_at", "closes_at", "audience", "bases", "most_objectives", "most_words", "most_files"],
)
class Call(models.Model):
    """Whether it is open is computed from its two instants at each look; nothing opens or closes it."""

    class Purpose(models.TextChoices):
        INPUT = "input", _("Inputs")
        ACCREDITATION = "accreditation", _("Special accreditation")

    class Audience(models.TextChoices):
        ANYBODY = "any", _("Any organisation")
        BASES = "bases", _("Organisations on certain bases")
        ACCREDITED = "accredited", _("Accredited organisations only")

    forum = models.ForeignKey("forums.Forum", models.PROTECT, related_name="calls", verbose_name=_("forum"))
    slug = models.SlugField(_("address"), max_length=60)
    purpose = models.CharField(_("purpose"), max_length=16, choices=Purpose, default=Purpose.INPUT)
    name = models.CharField(_("name"), max_length=200)
    guidance = models.TextField(_("guidance for those who answer"), blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes (this instant is already outside)"), null=True, blank=True)
    audience = models.CharField(_("who may answer"), max_length=12, choices=Audience, default=Audience.ANYBODY)
    bases = ArrayField(models.CharField(max_length=30), default=list, blank=True, verbose_name=_("bases that may answer"))
    levels = ArrayField(models.CharField(max_length=10, choices=Level), default=list, blank=True, verbose_name=_("levels"))
    round_table = models.ForeignKey(
        "forums.RoundTable", models.SET_NULL, null=True, blank=True, related_name="calls", verbose_name=_("round table")
    )
    most_objectives = models.PositiveSmallIntegerField(_("objectives at most"), default=5)
    most_words = models.PositiveIntegerField(_("words at most"), default=1500)
    most_files = models.PositiveSmallIntegerField(_("files at most"), default=5)
    recorded_by_desk_only = models.BooleanField(_("only the desk records inputs here"), default=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["forum", F("closes_at").asc(nulls_last=True), "slug"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "slug"], name="one_call_per_address"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="a_call_closes_after_it_opens",
            ),
        ]
        verbose_name = _("call")
        verbose_name_plural = _("calls")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("forums:forum", args=[self.forum.slug]) + f"#call-{self.slug}"

    @property
    def window(self) -> Window:
        return Window(self.opens_at, self.closes_at)

    def phase(self, at) -> Phase:
        return self.window.phase(at)

    def clean(self):
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("The call closes before it opens. Check both instants.")})


class Extension(models.Model):
    """A moved closing: what it was, what it is now, why and by whose authority. Shown publicly."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="extensions")
    was = models.DateTimeField()
    became = models.DateTimeField()
    reason = models.TextField(_("reason"))
    authority = models.CharField(_("authority"), max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["call", "at"]
        constraints = [models.CheckConstraint(condition=Q(became__gt=F("was")), name="an_extension_extends")]
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")

    def __str__(self):
        return f"{self.call}: {self.was} → {self.became}"
