"""Review: one reviewer's reading of one input against the checklist. Note: an internal remark of the desk."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Review(models.Model):
    """The checklist of admissibility: one row per reviewer and version; None means not looked at yet."""

    QUESTIONS = {
        "complete": _("Complete: every required answer is there"),
        "relevant": _("Relevant to the Global Compact for Migration"),
        "language": _("Written in the language it says"),
        "length": _("Within the length of the call"),
        "no_personal": _("No personal information about third persons"),
        "not_defamatory": _("Not defamatory"),
        "files_readable": _("Files open and are readable"),
        "classified": _("Level and objectives fit the text"),
    }

    submission = models.ForeignKey("submissions.Submission", models.CASCADE, related_name="reviews")
    version = models.ForeignKey("submissions.Version", models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checklist = models.JSONField(default=dict)  # question -> true or false
    remarks = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["submission", "-saved_at"]
        constraints = [models.UniqueConstraint(fields=["version", "reviewer"], name="one_review_per_reviewer_and_version")]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self):
        return f"{self.submission} · {self.reviewer}"


class Note(models.Model):
    """Seen by the desk only."""

    submission = models.ForeignKey("submissions.Submission", models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ["submission", "at"]
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")

    def __str__(self):
        return f"{self.submission} · {self.by} · {self.at:%Y-%m-%d}"
