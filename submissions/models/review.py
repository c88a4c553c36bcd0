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


class Mention(models.Model):
    """Somebody of the desk who is named in a note; told once, and reminded by the work list until they have seen it."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)

    class Meta:
        ordering = ["note", "pk"]
        constraints = [models.UniqueConstraint(fields=["note", "person"], name="a_note_mentions_a_person_once")]
        indexes = [models.Index(fields=["person"], condition=models.Q(seen_at__isnull=True), name="mentions_to_be_seen")]
        verbose_name = _("mention in a note")
        verbose_name_plural = _("mentions in notes")

    def __str__(self):
        return f"{self.note_id} → {self.person_id}"
