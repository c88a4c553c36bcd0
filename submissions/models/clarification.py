"""Clarification: a question of the desk about an input, the part it asks about, and the answer as it is typed and sent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Clarification(models.Model):
    """The question itself is the note of the step that asked it; it is answered once a later step was made."""

    class Part(models.TextChoices):
        ABOUT = "about", _("About this input")
        TEXT = "text", _("Text")
        FILES = "files", _("Files")

    submission = models.ForeignKey("submissions.Submission", models.CASCADE, related_name="clarifications")
    step = models.OneToOneField("submissions.SubmissionStep", models.CASCADE, related_name="clarification")
    part = models.CharField(_("part it asks about"), max_length=10, choices=Part, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    edition = models.PositiveIntegerField(default=1)  # raised by every saving; a page that carries an older one conflicts
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["submission", "step"]
        verbose_name = _("question of the desk")
        verbose_name_plural = _("questions of the desk")

    def __str__(self):
        return f"{self.submission} · {self.step_id}"
