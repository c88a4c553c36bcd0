"""Use: an official document drew on an input; recorded by the desk, shown to everybody, told to the author."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class UseQuerySet(models.QuerySet):
    def standing(self):
        """Those that were not taken off again."""
        return self.filter(removed_at__isnull=True)


class Use(models.Model):
    """One place of an official document that drew on one input."""

    submission = models.ForeignKey("submissions.Submission", models.PROTECT, related_name="uses", verbose_name=_("input"))
    document = models.ForeignKey(
        "forums.OfficialDocument", models.PROTECT, related_name="uses", verbose_name=_("official document")
    )
    place = models.CharField(_("paragraph or page"), max_length=60, blank=True)
    note = models.CharField(_("note, seen by everybody"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    at = models.DateTimeField(_("recorded at"))
    told_at = models.DateTimeField(_("told its author"), null=True, blank=True)
    removed_at = models.DateTimeField(_("taken off at"), null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken off by")
    )

    objects = UseQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "document", "place"], condition=Q(removed_at__isnull=True), name="one_use_for_a_place"
            )
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(told_at__isnull=True, removed_at__isnull=True), name="uses_to_tell")
        ]
        verbose_name = _("use of an input")
        verbose_name_plural = _("uses of inputs")

    def __str__(self):
        return f"{self.submission.reference} · {self.document.symbol or self.document.title}"
