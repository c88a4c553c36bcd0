"""Change: one thing that became different in the calendar; what the feed shows and those who follow are told."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeQuerySet(models.QuerySet):
    def pending(self):
        """Changes of which nobody was told yet, oldest first."""
        return self.filter(announced_at__isnull=True).order_by("at", "pk")


class Change(models.Model):
    """Written in the transaction that changes the calendar; holds what words need, so that each language says it.

    `what` has plain values only: names in six languages, days and instants as ISO text, a reason.
    """

    class Kind(models.TextChoices):
        DATED = "dated", _("Dates set")
        MOVED = "moved", _("Dates moved")
        CONVENED = "convened", _("Forum convened")
        CALL_MOVED = "call_moved", _("Call extended, reopened or moved")
        MET = "met", _("Duty met")
        WAIVED = "waived", _("Duty waived")
        DOCUMENT = "document", _("Document available")
        PROGRAMME = "programme", _("Programme released")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="changes", verbose_name=_("forum"))
    kind = models.CharField(_("kind of change"), max_length=12, choices=Kind)
    what = models.JSONField(_("what changed"), default=dict)
    at = models.DateTimeField(_("changed"))
    announced_at = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(_("why its letters could not be written"), blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "id"]
        indexes = [
            models.Index(fields=["at"], condition=models.Q(announced_at__isnull=True), name="changes_to_announce"),
            models.Index(fields=["forum", "-at"], name="changes_of_a_forum"),
        ]
        verbose_name = _("change of the calendar")
        verbose_name_plural = _("changes of the calendar")

    def __str__(self):
        return f"{self.get_kind_display()} · {self.forum.slug}"

    @property
    def is_told_by_letter(self) -> bool:
        """Whether followers hear of it: the desk may tell of a moved closing only those concerned. The feed shows all."""
        return self.what.get("told", "everybody") == "everybody"
