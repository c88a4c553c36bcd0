"""LetterOfAccreditation: a PDF that anybody can check at a public address; what was verified, by whom, when, for what."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_code():
    """96 bits: nobody guesses one, and nothing can be counted from it."""
    return secrets.token_hex(12)


class LetterOfAccreditation(models.Model):
    code = models.CharField(_("code"), max_length=24, unique=True, default=new_code, editable=False)
    accreditation = models.ForeignKey(
        "accreditation.Accreditation", models.PROTECT, related_name="letters", verbose_name=_("accreditation")
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    said = models.JSONField(default=dict)  # what the letter says, as it was when it was made
    made_at = models.DateTimeField(_("made at"))
    file = models.FileField(upload_to="letters/", blank=True)  # the PDF; made by a sweep
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    trouble = models.CharField(_("why it could not be printed"), max_length=300, blank=True)

    class Meta:
        ordering = ["-made_at", "pk"]
        verbose_name = _("letter of accreditation")
        verbose_name_plural = _("letters of accreditation")

    def __str__(self):
        return self.code
