"""InputsArchive: everything that an organisation wrote and sent, as a ZIP; made by a sweep, gone after some days."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class InputsArchiveQuerySet(models.QuerySet):
    def ready(self, at):
        """Made, and not yet gone."""
        return self.filter(made_at__isnull=False, expires_at__gt=at).exclude(file="")


class InputsArchive(models.Model):
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("accreditation.Organisation", models.CASCADE, related_name="input_archives")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)  # of the receipts
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)  # a worker makes it now; a dead one's claim runs out
    made_at = models.DateTimeField(null=True, blank=True)  # or could not be made: then `trouble` says why
    file = models.FileField(upload_to="archives/", blank=True)
    size = models.PositiveBigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True)

    objects = InputsArchiveQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(made_at__isnull=True), name="one_archive_of_inputs_in_the_making"
            )
        ]
        verbose_name = _("archive of inputs")
        verbose_name_plural = _("archives of inputs")

    def __str__(self):
        return str(self.key)

    def state(self, at) -> str:
        """Asked, being made, ready, failed or gone at that moment."""
        if self.made_at is None:
            return "being_made" if self.begun_at else "asked"
        if self.trouble:
            return "failed"
        return "ready" if self.file and at < self.expires_at else "gone"
