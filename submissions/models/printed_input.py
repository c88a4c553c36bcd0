"""PrintedInput: a published input as PDF or DOCX in one language of the page, made by a worker when somebody asks."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PrintedInput(models.Model):
    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"

    published = models.ForeignKey("submissions.PublishedInput", models.CASCADE, related_name="printed")
    form = models.CharField(max_length=4, choices=Form)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    stamp = models.DateTimeField()  # of the public row it shows: another stamp there means that this one is outdated
    asked_at = models.DateTimeField(_("asked for"))
    file = models.FileField(upload_to="inputs/", blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    trouble = models.CharField(_("why it could not be printed"), max_length=300, blank=True)

    class Meta:
        ordering = ["published", "form", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["published", "form", "language"], name="an_input_is_printed_once_a_form_and_language"
            )
        ]
        indexes = [models.Index(fields=["id"], condition=models.Q(file="", trouble=""), name="inputs_to_print")]
        verbose_name = _("printed input")
        verbose_name_plural = _("printed inputs")

    def __str__(self):
        return f"{self.published} · {self.form} · {self.language}"
