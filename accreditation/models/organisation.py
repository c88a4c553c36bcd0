"""Organisation: a body that takes part, apart from its people."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.history import history_of


class Kind(models.TextChoices):
    """Stakeholders as the Compact lists them (A/RES/73/195, paragraph 44), and the States and bodies beside them."""

    MEMBER_STATE = "member_state", _("Member State or observer State")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organisation")
    UN_SYSTEM = "un_system", _("United Nations system")
    LOCAL_GOVERNMENT = "local_government", _("Local or regional government")
    PARLIAMENT = "parliament", _("Parliament")
    CIVIL_SOCIETY = "civil_society", _("Civil society organisation")
    MIGRANT_DIASPORA = "migrant_diaspora", _("Migrant or diaspora organisation")
    FAITH_BASED = "faith_based", _("Faith-based organisation")
    PRIVATE_SECTOR = "private_sector", _("Private sector")
    TRADE_UNION = "trade_union", _("Trade union")
    NHRI = "nhri", _("National human rights institution")
    RED_CROSS = "red_cross", _("International Red Cross and Red Crescent Movement")
    ACADEMIA = "academia", _("Academia")
    MEDIA = "media", _("Media")
    YOUTH = "youth", _("Youth organisation")
    OTHER = "other", _("Other stakeholder")


class OrganisationQuerySet(models.QuerySet):
    def represented_by(self, user):
        """Organisations for which this person acts today."""
        from .membership import Membership

        if not user.is_authenticated:
            return self.none()
        return self.filter(pk__in=Membership.objects.standing().filter(user=user).values("organisation"))

    def living(self):
        """Those that were not merged into another one."""
        return self.filter(merged_into__isnull=True)


@pghistory.track(**history_of("Organisation"), exclude=["form_key"])
class Organisation(models.Model):
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("official name"), max_length=250)
    name_language = models.CharField(_("language of the name"), max_length=10, choices=settings.LANGUAGES, default="en")
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    kind = models.CharField(_("kind of organisation"), max_length=20, choices=Kind)
    country = models.ForeignKey(
        "forums.Country", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country or area")
    )
    regions = models.ManyToManyField("forums.Region", related_name="+", blank=True, verbose_name=_("regions it works in"))
    seat = models.CharField(_("city of its seat"), max_length=120, blank=True)
    website = models.URLField(_("web page"), max_length=300, blank=True)
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="branches", verbose_name=_("body it is part of")
    )
    networks = models.ManyToManyField(
        "self", symmetrical=False, related_name="member_bodies", blank=True, verbose_name=_("networks it belongs to")
    )
    source = models.TextField(_("source"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )
    made_at = models.DateTimeField(_("recorded at"))
    form_key = models.UUIDField(null=True, blank=True, unique=True)  # one form sent twice makes one organisation
    edition = models.PositiveIntegerField(default=1, editable=False)  # counts the changes made on its own page
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", verbose_name=_("merged into"), editable=False
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="organisation_names_by_trigram")]
        permissions = [
            ("merge_organisation", "Merges two records of one organisation"),
            ("hand_over_organisation", "Hands an organisation over to other people"),
        ]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Its main name and acronym are kept among its names as well, where names are looked up."""
        super().save(*args, **kwargs)
        from .names import OrganisationName

        OrganisationName.objects.follow(self)

    def get_absolute_url(self):
        return reverse("submissions:organisation", args=[self.slug])

    def standing(self, forum):
        """Its accreditation for that forum that counts, or None: recognised or granted before claimed."""
        return self.accreditations.filter(forum=forum).live().select_related("basis").first()

    @property
    def official_names(self) -> dict:
        """Its official names by language, the main one too."""
        others = {each.language: each.name for each in self.names.all() if each.use == "official" and each.language}
        return {**others, self.name_language: self.name}

    @property
    def other_names(self) -> dict:
        """Its official names in other languages than that of the main one."""
        return {language: name for language, name in self.official_names.items() if language != self.name_language}
