"""The audit: one entry for every change of a row, written by triggers, and the seals that chain the entries."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One row was added, changed or removed. Written by triggers only; docs/decisions/0037 says how.

    `changes` and `words` are JSON as text: column -> value, or column -> [before, after]. `words` holds the columns from
    which an erasure takes people, `salted` the fingerprint that stays when it does. `mark` is the fingerprint of a row that
    may never change.
    """

    class Act(models.TextChoices):
        INSERT = "insert", _("Added")
        UPDATE = "update", _("Changed")
        DELETE = "delete", _("Removed")
        ERASE = "erase", _("A person was erased")
        FOUND = "found", _("Found when the audit began")
        KEPT = "kept", _("Earlier state kept")

    at = models.DateTimeField(_("at"))
    place = models.CharField(_("kind"), max_length=63)  # the table
    row = models.CharField(_("row"), max_length=80)
    about = models.CharField(_("about"), max_length=150, blank=True)  # table:key of what it belongs to
    act = models.CharField(_("act"), max_length=6, choices=Act)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        verbose_name=_("by"),
    )
    context = models.ForeignKey(
        "pghistory.Context", models.DO_NOTHING, null=True, blank=True, related_name="+", db_constraint=False
    )
    changes = models.TextField(_("changes"), blank=True)
    words = models.TextField(_("words"), blank=True)
    salt = models.CharField(max_length=36, blank=True)  # goes when the words go
    salted = models.CharField(max_length=64, blank=True)
    mark = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["place", "row", "id"], name="audit_of_a_row"),
            models.Index(fields=["about", "id"], name="audit_about"),
            models.Index(fields=["by", "id"], name="audit_by"),
            models.Index(fields=["at"], name="audit_at"),
        ]
        verbose_name = _("change")
        verbose_name_plural = _("audit")

    def __str__(self):
        return f"{self.get_act_display()} · {self.pk}"


class AuditSeal(models.Model):
    """Entries `first` to `last` as they stood when they were sealed; `link` ties the seal to the one before it."""

    first = models.BigIntegerField(unique=True)
    last = models.BigIntegerField(unique=True)
    entries = models.PositiveIntegerField()
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    link = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("seal of the audit")
        verbose_name_plural = _("seals of the audit")

    def __str__(self):
        return f"{self.first}–{self.last}"
