"""LettersChoice: what was decided about the letters of a step when it was made: other words, or none, and why. Abstract."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def withheld_or_worded(name):
    """The constraint of a concrete table."""
    return models.CheckConstraint(condition=Q(withheld=True, words={}) | Q(withheld=False, reason=""), name=name)


class LettersChoice(models.Model):
    """Written in the transaction of its step, so that whoever writes the letters finds it. None: they go as they are.

    Its concrete class names `step`, one to one, with the related name `letters_choice`.
    """

    withheld = models.BooleanField(_("no letter goes out"), default=False)
    reason = models.TextField(_("why no letter goes out"), blank=True)
    words = models.JSONField(default=dict, blank=True)  # end of a letter's key -> its subject and text
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.step_id}"
