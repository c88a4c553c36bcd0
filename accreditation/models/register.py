"""Register: an authoritative list as it was copied on a day; its entries are a look-up aid, never proof of status."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Register(models.Model):
    class Kind(models.TextChoices):
        ECOSOC = "ecosoc", _("NGOs in consultative status with ECOSOC")
        NHRI = "nhri", _("National human rights institutions (GANHRI)")
        UN_ENTITY = "un_entity", _("United Nations entities")
        STATE = "state", _("Member States and observers")

    kind = models.CharField(_("register"), max_length=20, choices=Kind, primary_key=True)
    as_of = models.DateField(_("as of"))
    source = models.TextField(_("source"))
    limits = models.TextField(_("what it does not hold"), blank=True)

    class Meta:
        ordering = ["kind"]
        verbose_name = _("register")
        verbose_name_plural = _("registers")

    def __str__(self):
        return self.get_kind_display()


class RegisterEntry(models.Model):
    register = models.ForeignKey(Register, models.CASCADE, related_name="entries", verbose_name=_("register"))
    name = models.CharField(_("name"), max_length=400)
    former_names = ArrayField(models.CharField(max_length=400), default=list, blank=True, verbose_name=_("former names"))
    acronym = models.CharField(_("acronym"), max_length=60, blank=True)
    country = models.ForeignKey(
        "forums.Country", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country or area")
    )
    status = models.CharField(_("status"), max_length=60, blank=True)
    status_as_of = models.CharField(
        _("status as of"), max_length=10, blank=True
    )  # a year, a month or a day, as the source gives it
    network = models.CharField(_("network"), max_length=60, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        ordering = ["register", "name"]
        constraints = [
            models.UniqueConstraint(fields=["register", "name", "country"], nulls_distinct=False, name="register_entry_once")
        ]
        indexes = [GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="register_names_by_trigram")]
        verbose_name = _("entry of a register")
        verbose_name_plural = _("entries of registers")

    def __str__(self):
        return self.name
