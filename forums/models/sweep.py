"""Sweep: when each sweep last ran and what it did; the heartbeat of beat is one of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sweep(models.Model):
    name = models.CharField(_("sweep"), max_length=80, primary_key=True)
    ran_at = models.DateTimeField(_("last run"))
    did = models.PositiveIntegerField(_("done in the last run"), default=0)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("sweep")
        verbose_name_plural = _("sweeps")

    def __str__(self):
        return self.name
