"""SecondPersonRequest: what one person asked for and another has to agree to before it is done. Never deleted."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from forums.history import history_of


class SecondPersonRequestQuerySet(models.QuerySet):
    def undecided(self, at):
        """Waiting for somebody, and not run out."""
        return self.filter(decided_at__isnull=True, expires_at__gt=at)


@pghistory.track(**history_of("SecondPersonRequest"))
class SecondPersonRequest(models.Model):
    """Carried out exactly as it was asked, or said to be stale; the words of an act are in its `args`."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("Agreed and carried out")
        TURNED_DOWN = "turned_down", _("Turned down")
        TAKEN_BACK = "taken_back", _("Taken back")
        STALE = "stale", _("Out of date: not carried out")
        RAN_OUT = "ran_out", _("Ran out")

    act = models.CharField(_("what is asked"), max_length=60)
    subject = models.CharField(max_length=80)  # what it is about: call:7, round:12
    args = models.JSONField(default=dict)  # everything that carrying it out needs
    mark = models.CharField(max_length=64)  # of what the asker saw; another one makes it stale
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    expires_at = models.DateTimeField(_("runs out"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    answer = models.TextField(_("why not"), blank=True)

    objects = SecondPersonRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["act", "subject"], condition=Q(decided_at__isnull=True), name="one_open_request_about_a_thing"
            ),
            models.CheckConstraint(
                condition=Q(outcome="taken_back") | Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="a_request_needs_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, outcome="")
                | Q(decided_by__isnull=True, decided_at__isnull=False, outcome="ran_out")
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(outcome__in=["", "ran_out"]),
                name="a_request_is_decided_wholly",
            ),
        ]
        verbose_name = _("request for a second person")
        verbose_name_plural = _("requests for a second person")

    def __str__(self):
        return f"{self.act} · {self.subject}"
