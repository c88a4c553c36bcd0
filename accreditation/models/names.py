"""Every name under which an organisation is looked up; addresses it had; records that may be one; merges of two records."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accreditation.names import fold, skeleton


class Spelt(models.Model):
    """A name and the two forms in which it is compared (accreditation/names.py)."""

    name = models.CharField(_("name"), max_length=400)
    folded = models.TextField(editable=False)
    skeleton = models.TextField(editable=False, db_index=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.spell()
        super().save(*args, **kwargs)

    def spell(self):
        """Fill the compared forms; for rows that are made in bulk."""
        self.folded, self.skeleton = fold(self.name), skeleton(self.name)
        return self


class OrganisationNameManager(models.Manager):
    def shown(self):
        """Those that the public page of the organisation says."""
        Use = self.model.Use
        return self.filter(use__in=[Use.MAIN, Use.ACRONYM, Use.OFFICIAL])

    def follow(self, organisation):
        """Keep the rows of the main name and of the acronym as the organisation has them."""
        for use, name in (("main", organisation.name), ("acronym", organisation.acronym)):
            if not name:
                self.filter(organisation=organisation, use=use).delete()
                continue
            row = self.filter(organisation=organisation, use=use).first() or self.model(organisation=organisation, use=use)
            if row.name != name or row.language != organisation.name_language:
                row.name, row.language = name, organisation.name_language
                row.save()


class OrganisationName(Spelt):
    class Use(models.TextChoices):
        MAIN = "main", _("Main name")
        ACRONYM = "acronym", _("Acronym")
        OFFICIAL = "official", _("Official name in another language")
        ALIAS = "alias", _("Also called")
        FORMER = "former", _("Former name")

    organisation = models.ForeignKey("accreditation.Organisation", models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    use = models.CharField(_("what it is"), max_length=10, choices=Use)

    objects = OrganisationNameManager()

    class Meta:
        ordering = ["organisation", "use", "language", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "use"], condition=Q(use__in=["main", "acronym"]), name="one_main_name_and_acronym"
            ),
            models.UniqueConstraint(
                fields=["organisation", "language"], condition=Q(use="official"), name="one_official_name_per_language"
            ),
        ]
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="organisation_names_folded")]
        verbose_name = _("name of an organisation")
        verbose_name_plural = _("names of organisations")


class FormerAddress(models.Model):
    """An address that an organisation's page had; it leads on for ever."""

    slug = models.SlugField(max_length=80, unique=True)
    organisation = models.ForeignKey("accreditation.Organisation", models.CASCADE, related_name="former_addresses")
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self):
        return self.slug


class Resemblance(models.Model):
    """Two records that may be one organisation, found when the later one was made; the desk says which it is."""

    class Verdict(models.TextChoices):
        OPEN = "open", _("To be looked at")
        DIFFERENT = "different", _("Two organisations")
        SAME = "same", _("One organisation: merged")

    organisation = models.ForeignKey(
        "accreditation.Organisation", models.CASCADE, related_name="resemblances", verbose_name=_("later record")
    )
    other = models.ForeignKey(
        "accreditation.Organisation", models.CASCADE, related_name="+", verbose_name=_("earlier record")
    )
    score = models.FloatField(_("likeness"))
    reason = models.CharField(_("why"), max_length=40)
    found_at = models.DateTimeField(_("found"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, default=Verdict.OPEN)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )

    class Meta:
        ordering = ["-found_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "other"], name="one_resemblance_per_pair")]
        indexes = [models.Index(fields=["found_at"], condition=Q(verdict="open"), name="resemblances_to_settle")]
        verbose_name = _("possible twin")
        verbose_name_plural = _("possible twins")

    def __str__(self):
        return f"{self.organisation} · {self.other}"


class Merge(models.Model):
    """One record went into another; `moved` holds what moved, so that it can be undone for a while."""

    kept = models.ForeignKey("accreditation.Organisation", models.PROTECT, related_name="+", verbose_name=_("kept"))
    gone = models.ForeignKey("accreditation.Organisation", models.PROTECT, related_name="+", verbose_name=_("went into it"))
    moved = models.JSONField(default=dict)
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("merged at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("merged by"))
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="nothing_is_merged_into_itself"),
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at__isnull=True), name="merged_once"),
        ]
        verbose_name = _("merge")
        verbose_name_plural = _("merges")

    def __str__(self):
        return f"{self.gone} → {self.kept}"
