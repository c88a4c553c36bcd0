"""Writing together: who changed which part of a draft, and what its writers say to each other about it.

Neither is sent, and the desk sees neither. Both go with a draft that is discarded, and some time after one that was sent.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DraftChange(models.Model):
    """What one person made of one part of a draft in one go: the answer as it stood before, from when to when."""

    submission = models.ForeignKey("submissions.Submission", models.CASCADE, related_name="changes", verbose_name=_("input"))
    part = models.CharField(_("part"), max_length=100)  # the name of an answer
    before = models.JSONField(_("as it was before"), null=True)  # a text, or the keys of what was chosen
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    began_at = models.DateTimeField(_("from"))
    at = models.DateTimeField(_("to"))

    class Meta:
        ordering = ["submission", "at", "pk"]
        indexes = [models.Index(fields=["submission", "part", "-at", "-id"], name="changes_of_a_part")]
        verbose_name = _("change of a draft")
        verbose_name_plural = _("changes of drafts")

    def __str__(self):
        return f"{self.submission_id} · {self.part}"


class DraftNote(models.Model):
    """A note of one writer of a draft to the others."""

    submission = models.ForeignKey(
        "submissions.Submission", models.CASCADE, related_name="draft_notes", verbose_name=_("input")
    )
    part = models.CharField(_("part"), max_length=100, blank=True)  # empty: about the whole draft
    text = models.TextField(_("note"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("written"))
    form_key = models.UUIDField(null=True, blank=True, unique=True)  # one form sent twice leaves one note
    told_at = models.DateTimeField(null=True, blank=True)  # when the letters about it were written
    resolved_at = models.DateTimeField(_("settled"), null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["submission", "at", "pk"]
        indexes = [models.Index(fields=["at"], condition=Q(told_at__isnull=True), name="draft_notes_to_tell")]
        verbose_name = _("note on a draft")
        verbose_name_plural = _("notes on drafts")

    def __str__(self):
        return f"{self.submission_id} · {self.at:%Y-%m-%d}"
