"""What a person may have of us: all that is kept about them, as one file; and the trace that an erasure leaves."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PersonalArchiveQuerySet(models.QuerySet):
    def ready(self, at):
        """Made, and not yet gone."""
        return self.filter(made_at__isnull=False, expires_at__gt=at).exclude(file="")


class PersonalArchive(models.Model):
    """Everything kept about a person as a ZIP, made by a sweep, gone after some days."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="archives")
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)  # a worker makes it now; a dead one's claim runs out
    made_at = models.DateTimeField(null=True, blank=True)  # or could not be made: then `trouble` says why
    file = models.FileField(upload_to="archives/", blank=True)
    size = models.PositiveBigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True)

    objects = PersonalArchiveQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(made_at__isnull=True), name="one_archive_in_the_making")
        ]
        verbose_name = _("archive of a person")
        verbose_name_plural = _("archives of people")

    def __str__(self):
        return str(self.key)

    def state(self, at) -> str:
        """Asked, being made, ready, failed or gone at that moment."""
        if self.made_at is None:
            return "being_made" if self.begun_at else "asked"
        if self.trouble:
            return "failed"
        return "ready" if self.file and at < self.expires_at else "gone"


class Erasure(models.Model):
    """That a person was erased, without saying who: a fingerprint of the address answers "was this one erased?"."""

    fingerprint = models.CharField(max_length=64, db_index=True)  # keyed SHA-256 of the address
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    report = models.JSONField(default=dict)  # what was erased and what stays: table -> number of rows

    class Meta:
        ordering = ["-at", "pk"]
        verbose_name = _("erasure of a person")
        verbose_name_plural = _("erasures of people")

    def __str__(self):
        return str(self.at)
