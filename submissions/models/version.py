"""Version: the text and its particulars as they stood at one sending; never changed afterwards."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Version(models.Model):
    submission = models.ForeignKey("submissions.Submission", models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()  # canonical content: what the fingerprint is taken over (submissions/receipts.py)
    sha256 = models.CharField(_("SHA-256 over the canonical content"), max_length=64)
    sent_at = models.DateTimeField()  # PostgreSQL's clock
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.PositiveIntegerField(default=0)
    sent_from = models.UUIDField(null=True, blank=True, unique=True)  # the draft of an amendment, which is gone since
    forum = models.ForeignKey("forums.Forum", models.PROTECT, related_name="+")
    place = models.PositiveIntegerField(_("place in the chain of its forum"))  # 1, 2, 3 ... in the order of receipt
    link = models.CharField(_("link of the chain"), max_length=64)  # submissions/receipts.py

    class Meta:
        ordering = ["submission", "number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="versions_are_numbered_once"),
            models.UniqueConstraint(fields=["forum", "place"], name="places_in_the_chain_are_given_once"),
        ]
        verbose_name = _("version")
        verbose_name_plural = _("versions")

    def __str__(self):
        return f"{self.submission} · {self.number}"

    @property
    def symbol(self) -> str:
        """The reference with its revision, as UN documents are marked: IMRF-2026-I-00042/Rev.1."""
        reference = self.content["reference"]
        return reference if self.number == 1 else f"{reference}/Rev.{self.number - 1}"
