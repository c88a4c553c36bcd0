"""PrintedReceipt: the receipt of one version as a PDF in one language, printed by a sweep when somebody asks."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PrintedReceipt(models.Model):
    version = models.ForeignKey("submissions.Version", models.PROTECT, related_name="printed")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    asked_at = models.DateTimeField(_("asked for"))
    file = models.FileField(upload_to="receipts/", blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    trouble = models.CharField(_("why it could not be printed"), max_length=300, blank=True)

    class Meta:
        ordering = ["version", "language"]
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="a_receipt_is_printed_once_a_language")]
        verbose_name = _("printed receipt")
        verbose_name_plural = _("printed receipts")

    def __str__(self):
        return f"{self.version.symbol} · {self.language}"
