"""Redaction: what of an input the public copy does not show, and why. Reclassification: particulars that staff corrected."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _


class Redaction(models.Model):
    """A passage, a part or a file that everybody but its author reads as redacted; what was sent stays sealed beside it."""

    class Kind(models.TextChoices):
        PERSONAL = "personal", _("personal data of third persons")
        DEFAMATORY = "defamatory", _("defamatory")
        SAFETY = "safety", _("safety of persons")
        LAW = "law", _("legal reasons")

    submission = models.ForeignKey("submissions.Submission", models.PROTECT, related_name="redactions")
    version = models.ForeignKey("submissions.Version", models.PROTECT, related_name="+")  # that stood when it was made
    part = models.CharField(_("part"), max_length=120, blank=True)  # submissions/parts.py; empty: wherever it stands
    passage = models.TextField(_("passage"), blank=True)  # empty: the whole part
    replacement = models.CharField(_("words in its place"), max_length=200, blank=True)
    kind = models.CharField(_("kind of reason"), max_length=12, choices=Kind)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_because = models.TextField(_("why it was lifted"), blank=True)

    class Meta:
        ordering = ["submission", "at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(part="") | ~Q(passage=""), name="a_redaction_has_a_part_or_a_passage"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lifted_because="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_because="")),
                name="a_redaction_is_lifted_with_a_reason",
            ),
            models.UniqueConstraint(
                "submission",
                "part",
                MD5("passage"),
                condition=Q(lifted_at__isnull=True),
                name="a_passage_is_redacted_once",
            ),
        ]
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")

    def __str__(self):
        return f"{self.submission} · {self.get_kind_display()} · {self.at:%Y-%m-%d}"


class Reclassification(models.Model):
    """Level, language, places or objectives of a sent version, corrected by staff; never a word of the text."""

    submission = models.ForeignKey("submissions.Submission", models.PROTECT, related_name="reclassifications")
    version = models.ForeignKey("submissions.Version", models.PROTECT, related_name="reclassifications")
    before = models.JSONField(_("before"))  # particular -> value, of those that changed
    after = models.JSONField(_("after"))
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["submission", "at", "pk"]
        verbose_name = _("correction of particulars")
        verbose_name_plural = _("corrections of particulars")

    def __str__(self):
        return f"{self.submission} · {self.at:%Y-%m-%d}"
