"""RegionalReview: one regional review of the Compact; a round may span two calendar years (A/RES/73/195, paragraph 50)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegionalReview(models.Model):
    round = models.PositiveSmallIntegerField(_("round"))
    name = models.CharField(_("name"), max_length=300)
    region = models.CharField(_("region"), max_length=100)
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    hearing_on = models.DateField(_("stakeholder hearing"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    format = models.CharField(_("format"), max_length=60, blank=True)
    led_by = models.CharField(_("led by"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        ordering = ["round", models.F("first_day").asc(nulls_last=True), "name"]
        constraints = [models.UniqueConstraint(fields=["round", "name"], name="one_review_per_round_and_name")]
        verbose_name = _("regional review")
        verbose_name_plural = _("regional reviews")

    def __str__(self):
        return self.name
