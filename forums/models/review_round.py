"""RegionalReview: one regional review of the Compact; a round may span two calendar years (A/RES/73/195, paragraph 50)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegionalReview(models.Model):
    round = models.PositiveSmallIntegerField(_("round"))
    name = models.CharField(_("name"), max_length=300)
    region = models.CharField(_("region"), max_length=100)
    regions = models.ManyToManyField(
        "forums.Region", blank=True, related_name="reviews", verbose_name=_("areas of the regional commissions")
    )
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
        constraints = [models.UniqueConstraint(fields=["round", "region"], name="one_review_per_round_and_region")]
        verbose_name = _("regional review")
        verbose_name_plural = _("regional reviews")

    def __str__(self):
        return self.name


class NationalReview(models.Model):
    """A State's own review of the Compact, voluntary and continuous (A/RES/73/195, paragraph 53), as it was seen."""

    country = models.ForeignKey(
        "forums.Country", models.PROTECT, related_name="national_reviews", verbose_name=_("country or area")
    )
    forum = models.ForeignKey(
        "forums.Forum",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="national_reviews",
        verbose_name=_("forum that it was made for"),
    )
    title = models.CharField(_("title"), max_length=400)
    language = models.CharField(_("language"), max_length=10, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    presented_on = models.DateField(_("presented"), null=True, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        ordering = ["-year", "country", "pk"]
        constraints = [models.UniqueConstraint(fields=["country", "year", "title"], name="one_national_review_per_title")]
        verbose_name = _("national review")
        verbose_name_plural = _("national reviews")

    def __str__(self):
        return self.title
