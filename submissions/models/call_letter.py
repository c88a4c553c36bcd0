"""CallLetter: an invitation to organisations that have sent nothing, asked by one person and let go by another."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CallLetter(models.Model):
    """To many, so it waits for a second word. Nobody is asked twice for one call: the letters bear the call in their key."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for a second person")
        RELEASED = "released", _("Released")
        TURNED_DOWN = "turned_down", _("Turned down")

    call = models.ForeignKey("forums.Call", models.PROTECT, related_name="call_letters", verbose_name=_("call"))
    chosen = models.JSONField(_("who could be asked"), default=dict)  # objective, region, kind, level -> code
    organisations = ArrayField(models.BigIntegerField(), default=list, editable=False)  # as they were shown
    words = models.TextField(_("words of the desk in the letter"), blank=True, max_length=2000)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.ASKED, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    letters = models.PositiveIntegerField(_("letters written"), default=0)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="a_call_letter_needs_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="asked") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="a_call_letter_is_decided_wholly",
            ),
        ]
        permissions = [("release_callletter", "Lets call letters go that somebody else asked for")]
        verbose_name = _("call letter")
        verbose_name_plural = _("call letters")

    def __str__(self):
        return f"{self.call} · {self.asked_at:%Y-%m-%d %H:%M}"
