"""Wording: the desk's own words for a kind of letter in one language, in place of the shipped ones."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forums.history import history_of
from forums.letters.kinds import name_of


@pghistory.track(**history_of("Wording"), fields=["subject", "text", "in_use"])
class Wording(models.Model):
    """Plain text with placeholders in braces; which ones a kind knows stands in forums/letters/kinds.py."""

    kind = models.CharField(_("kind of letter"), max_length=80)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    in_use = models.BooleanField(_("in use"), default=True)
    trouble = models.TextField(_("what went wrong"), blank=True)  # it could not be filled in; the shipped words went out

    class Meta:
        ordering = ["kind", "language"]
        constraints = [models.UniqueConstraint(fields=["kind", "language"], name="one_wording_per_kind_and_language")]
        verbose_name = _("wording of a letter")
        verbose_name_plural = _("wordings of letters")

    def __str__(self):
        return f"{name_of(self.kind)} · {self.get_language_display()}"
