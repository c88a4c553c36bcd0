"""OpenData: one edition of everything published, as a ZIP; the newest is served, older ones are removed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OpenData(models.Model):
    made_at = models.DateTimeField(_("made at"))
    up_to = models.DateTimeField()  # stamps below this one are in it
    inputs = models.PositiveIntegerField(_("inputs"))
    file = models.FileField(upload_to="open-data/")
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    package = models.JSONField(default=dict)  # datapackage.json as it stands in the ZIP

    class Meta:
        ordering = ["-made_at", "-pk"]
        get_latest_by = ["made_at", "pk"]
        verbose_name = _("edition of the open data")
        verbose_name_plural = _("editions of the open data")

    def __str__(self):
        return f"{self.made_at:%Y-%m-%d %H:%M}"
