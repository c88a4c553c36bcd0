"""Basis: the ground on which an organisation takes part; who decides, on what evidence, by which paragraph."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Basis(models.Model):
    code = models.CharField(_("code"), max_length=30, primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    explanation = models.TextField(_("explanation"), blank=True)
    paragraph = models.CharField(_("resolution and paragraph"), max_length=80)
    decided_by = models.CharField(_("who decides"), max_length=160)
    evidence = models.CharField(_("evidence asked for"), max_length=300, blank=True)
    register = models.CharField(_("checked against the register"), max_length=20, blank=True)
    non_objection = models.BooleanField(_("put to Member States on a non-objection basis"), default=False)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=0)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("basis")
        verbose_name_plural = _("bases")

    def __str__(self):
        return self.name
