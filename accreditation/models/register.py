"""Register: an authoritative list as it was copied on a day; its entries are a look-up aid, never proof of status."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accreditation.models.names import Spelt


class Register(models.Model):
    class Kind(models.TextChoices):
        ECOSOC = "ecosoc", _("NGOs in consultative status with ECOSOC")
        GCM = "gcm", _("Stakeholders accredited to the process or the conference of the Compact")
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
    gone_on = models.DateField(_("no longer on the list since"), null=True, blank=True)

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


class RegisterName(Spelt):
    """Every name under which an entry is looked up; made anew from the entry whenever it changes."""

    class Use(models.TextChoices):
        MAIN = "main", _("Name")
        ACRONYM = "acronym", _("Acronym")
        FORMER = "former", _("Former name")

    entry = models.ForeignKey(RegisterEntry, models.CASCADE, related_name="names")
    use = models.CharField(max_length=10, choices=Use)

    class Meta:
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="register_names_folded")]
        verbose_name = _("name in a register")
        verbose_name_plural = _("names in registers")


class RegisterImport(models.Model):
    """A newer copy of a register: read and compared first, brought in by a second word of a person."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits to be read")
        READING = "reading", _("Is being read")
        READ = "read", _("Read: nothing changed yet")
        REFUSED = "refused", _("Refused")
        BRINGING = "bringing", _("Is being brought in")
        BROUGHT_IN = "brought_in", _("Brought in")
        SET_ASIDE = "set_aside", _("Not brought in")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("register"), max_length=20, choices=Register.Kind)
    as_of = models.DateField(_("as of"))
    source = models.TextField(_("source"))
    name = models.CharField(_("file name"), max_length=200)
    file = models.FileField(upload_to="registers/", blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING, editable=False)
    done_rows = models.PositiveIntegerField(default=0, editable=False)
    all_rows = models.PositiveIntegerField(default=0, editable=False)
    refusal = models.TextField(_("why it was refused"), blank=True, editable=False)
    report = models.JSONField(default=dict, editable=False)  # counts; the rows that are new, changed, gone
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    brought_in_at = models.DateTimeField(_("brought in at"), null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-at", "pk"]
        indexes = [
            models.Index(fields=["at"], condition=Q(state__in=["waiting", "reading", "bringing"]), name="imports_to_work_on")
        ]
        verbose_name = _("import of a register")
        verbose_name_plural = _("imports of registers")

    def __str__(self):
        return f"{self.get_kind_display()} · {self.as_of}"


class RegisterTouch(models.Model):
    """A newer register no longer says what a standing accreditation rests on; the desk looks at each."""

    class What(models.TextChoices):
        GONE = "gone", _("No longer on the list")
        STATUS = "status", _("Another status")
        NAME = "name", _("Another name")

    run = models.ForeignKey(RegisterImport, models.CASCADE, related_name="touches", verbose_name=_("import"))
    accreditation = models.ForeignKey(
        "accreditation.Accreditation", models.CASCADE, related_name="touches", verbose_name=_("accreditation")
    )
    what = models.CharField(_("what changed"), max_length=8, choices=What)
    was = models.CharField(_("was"), max_length=400, blank=True)
    became = models.CharField(_("became"), max_length=400, blank=True)
    settled_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["-run", "pk"]
        constraints = [models.UniqueConstraint(fields=["run", "accreditation", "what"], name="one_touch_per_change")]
        verbose_name = _("standing touched by a register")
        verbose_name_plural = _("standings touched by a register")

    def __str__(self):
        return f"{self.accreditation} · {self.get_what_display()}"
