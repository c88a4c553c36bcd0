"""Clarification: a question of the desk about an input, the parts it opens, until when, and the answer as it is typed."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _


class ClarificationQuerySet(models.QuerySet):
    def newest(self):
        """The last question about each input."""
        later = Clarification.objects.filter(submission=OuterRef("submission"), step__gt=OuterRef("step"))
        return self.exclude(Exists(later))

    def waiting(self):
        """Questions that wait for an answer now."""
        return self.newest().filter(submission__status="clarification_asked")

    def overdue(self, at):
        """Those whose day has passed."""
        return self.waiting().filter(answer_by__lte=at)


class Clarification(models.Model):
    """The question itself is the note of the step that asked it; it is answered once a later step was made."""

    class Part(models.TextChoices):
        ABOUT = "about", _("About this input")
        TEXT = "text", _("Text")
        FILES = "files", _("Files")

    submission = models.ForeignKey("submissions.Submission", models.CASCADE, related_name="clarifications")
    step = models.OneToOneField("submissions.SubmissionStep", models.CASCADE, related_name="clarification")
    part = models.CharField(_("part it asks about"), max_length=10, choices=Part, blank=True)
    opens = ArrayField(
        models.CharField(max_length=120), null=True, blank=True, verbose_name=_("parts that its author may change")
    )  # names of operations/reopened.py; null: the whole input; empty: none, it is answered in words
    answer_by = models.DateTimeField(_("answer by"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    edition = models.PositiveIntegerField(default=1)  # raised by every saving; a page that carries an older one conflicts
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ClarificationQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "step"]
        indexes = [
            models.Index(fields=["answer_by"], condition=models.Q(answer_by__isnull=False), name="clarifications_by_day")
        ]
        verbose_name = _("question of the desk")
        verbose_name_plural = _("questions of the desk")

    def __str__(self):
        return f"{self.submission} · {self.step_id}"
