"""Lists to pick from, never free text: objectives, principles, countries, regions, round tables."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Verified(models.Model):
    """A wording in six languages, with those that were seen in a source; the others stay marked and editable."""

    verified_languages = ArrayField(
        models.CharField(max_length=10), default=list, blank=True, verbose_name=_("languages seen in a source")
    )
    source = models.TextField(_("source"), blank=True)

    class Meta:
        abstract = True


class Objective(Verified):
    """One of the 23 objectives of the Global Compact for Migration (A/RES/73/195, paragraph 16)."""

    number = models.PositiveSmallIntegerField(_("number"), primary_key=True)
    title = models.CharField(_("title"), max_length=400)
    label = models.CharField(_("short label"), max_length=120)

    class Meta:
        ordering = ["number"]
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")

    def __str__(self):
        return f"{self.number}. {self.title}"


class GuidingPrinciple(Verified):
    """One of the ten guiding principles (A/RES/73/195, paragraph 15)."""

    number = models.PositiveSmallIntegerField(_("number"), primary_key=True)
    letter = models.CharField(_("letter"), max_length=1, unique=True)
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        ordering = ["number"]
        verbose_name = _("guiding principle")
        verbose_name_plural = _("guiding principles")

    def __str__(self):
        return f"({self.letter}) {self.title}"


class Region(models.Model):
    """The area of a United Nations regional commission, as the regional reviews follow it."""

    code = models.CharField(_("code"), max_length=10, primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    commission = models.CharField(_("regional commission"), max_length=160)

    class Meta:
        ordering = ["code"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self):
        return self.name


class Country(models.Model):
    """A country or area of the UN standard (M49), with the groups the United Nations puts it in."""

    iso3 = models.CharField("ISO 3166-1 alpha-3", max_length=3, primary_key=True)
    iso2 = models.CharField("ISO 3166-1 alpha-2", max_length=2, blank=True)
    m49 = models.CharField("UN M49", max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=120)
    un_status = models.CharField(
        _("status at the United Nations"),
        max_length=10,
        choices=[("member", _("Member State")), ("observer", _("Observer State")), ("none", _("Area"))],
    )
    regional_group = models.CharField(_("UN regional group"), max_length=60, blank=True)
    regions = models.ManyToManyField(Region, related_name="countries", blank=True, verbose_name=_("regions"))
    ldc = models.BooleanField(_("least developed country"), default=False)
    ldc_graduation = models.DateField(_("graduation from the LDC group scheduled for"), null=True, blank=True)
    lldc = models.BooleanField(_("landlocked developing country"), default=False)
    sids = models.BooleanField(_("small island developing State"), default=False)

    class Meta:
        ordering = ["iso3"]
        verbose_name = _("country or area")
        verbose_name_plural = _("countries and areas")

    def __str__(self):
        return self.name


class RoundTable(models.Model):
    """One of the four round tables of a forum and the objectives it takes up (A/RES/73/326, paragraphs 21 and 22)."""

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="round_tables", verbose_name=_("forum"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    objectives = models.ManyToManyField(Objective, related_name="round_tables", blank=True, verbose_name=_("objectives"))
    note_leads = models.CharField(_("who leads the background note"), max_length=200, blank=True)
    indicative = models.BooleanField(_("the map of objectives is indicative"), default=False)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        ordering = ["forum", "number"]
        constraints = [models.UniqueConstraint(fields=["forum", "number"], name="one_round_table_per_number")]
        verbose_name = _("round table")
        verbose_name_plural = _("round tables")

    def __str__(self):
        return _("Round table %(number)d") % {"number": self.number}
