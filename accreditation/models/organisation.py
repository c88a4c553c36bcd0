"""Organisation: a body that takes part. Membership: who acts for it, in which role, from when to when."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
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
        if not user.is_authenticated:
            return self.none()
        return self.filter(pk__in=Membership.objects.standing().filter(user=user).values("organisation"))


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
    website = models.URLField(_("web page"), max_length=300, blank=True)
    aliases = models.JSONField(_("other names, by language"), default=dict, blank=True)
    source = models.TextField(_("source"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )
    made_at = models.DateTimeField(_("recorded at"))
    form_key = models.UUIDField(null=True, blank=True, unique=True)  # one form sent twice makes one organisation

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="organisation_names_by_trigram")]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("submissions:organisation", args=[self.slug])

    def standing(self, forum):
        """Its accreditation for that forum that counts, or None: recognised or granted before claimed."""
        return self.accreditations.filter(forum=forum).live().select_related("basis").first()


class MembershipQuerySet(models.QuerySet):
    def standing(self):
        """Memberships in force: admitted and not ended."""
        return self.filter(since__isnull=False, until__isnull=True)

    def asked(self):
        """Requests to join that wait for an answer."""
        return self.filter(since__isnull=True, until__isnull=True)


@pghistory.track(**history_of("Membership"))
class Membership(models.Model):
    class Role(models.TextChoices):
        FOCAL_POINT = "focal_point", _("Focal point")
        ALTERNATE = "alternate", _("Alternate")
        DRAFTER = "drafter", _("Drafter")
        VIEWER = "viewer", _("Viewer")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=12, choices=Role)
    asked_at = models.DateTimeField(_("asked at"))
    since = models.DateTimeField(_("admitted"), null=True, blank=True)
    until = models.DateTimeField(_("ended or turned down"), null=True, blank=True)
    message = models.CharField(_("message to the focal point"), max_length=500, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(until__isnull=True), name="one_live_membership_per_person"
            )
        ]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self):
        return f"{self.user} · {self.organisation} · {self.get_role_display()}"
