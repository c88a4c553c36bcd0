"""Waiver: a duty that need not be met, asked by one person and agreed by another; Override: a rule set aside knowingly."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Waiver(models.Model):
    """Asked with a reason; holds only when a second person agrees; taken back with a reason. Never deleted."""

    milestone = models.ForeignKey("forums.Milestone", models.CASCADE, related_name="waivers", verbose_name=_("milestone"))
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    agreed = models.BooleanField(_("agreed"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken back by")
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    withdrawn_because = models.TextField(_("taken back, because"), blank=True)

    class Meta:
        ordering = ["milestone", "asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone"],
                condition=Q(decided_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_waiver",
            ),
            models.UniqueConstraint(
                fields=["milestone"], condition=Q(agreed=True, withdrawn_at__isnull=True), name="one_standing_waiver"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="a_waiver_needs_a_second_person"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, agreed__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False, agreed__isnull=False),
                name="a_waiver_is_decided_wholly",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True, withdrawn_because="")
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawn_because=""),
                name="a_waiver_is_taken_back_wholly",
            ),
        ]
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")

    def __str__(self):
        return f"{self.milestone}: {self.reason[:60]}"

    @property
    def is_open(self) -> bool:
        return self.decided_at is None and self.withdrawn_at is None

    @property
    def stands(self) -> bool:
        return bool(self.agreed) and self.withdrawn_at is None


class Override(models.Model):
    """A rule of convening that was set aside for one forum, where the resolution leaves room: who, when and why."""

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="overrides", verbose_name=_("forum"))
    rule = models.CharField(_("rule"), max_length=40)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("recorded"))

    class Meta:
        ordering = ["forum", "at"]
        constraints = [models.UniqueConstraint(fields=["forum", "rule"], name="a_rule_is_set_aside_once")]
        verbose_name = _("recorded override")
        verbose_name_plural = _("recorded overrides")

    def __str__(self):
        return f"{self.forum.slug}: {self.rule}"
