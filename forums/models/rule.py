"""Rule: a duty that is laid on every forum, counted from its first day; laid out into milestones once a forum is dated."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from forums.citing import paragraph_in_words
from forums.history import history_of
from forums.models.milestone import Milestone


@pghistory.track(**history_of("Rule"), fields=["weeks_before", "days_before", "on_last_day", "in_force"])
class Rule(models.Model):
    """Those of a resolution are shipped and keep their count; the desk adds further ones of its own."""

    code = models.SlugField(_("address"), max_length=40, unique=True)
    kind = models.CharField(_("kind of duty"), max_length=16, choices=Milestone.Kind)
    name = models.CharField(_("name"), max_length=200)
    weeks_before = models.PositiveSmallIntegerField(_("weeks before the first day"), default=0)
    days_before = models.SmallIntegerField(_("days before the first day"), default=0)
    on_last_day = models.BooleanField(_("counted from the last day instead"), default=False)
    each_round_table = models.BooleanField(_("once for each round table"), default=False)
    resolution = models.CharField(_("resolution"), max_length=40, blank=True)
    paragraph = models.CharField(_("paragraph"), max_length=12, blank=True)
    in_force = models.BooleanField(_("laid on forums that are dated from now on"), default=True)

    class Meta:
        ordering = ["-weeks_before", "-days_before", "code"]
        verbose_name = _("rule")
        verbose_name_plural = _("rules")

    def __str__(self):
        return self.name

    @property
    def basis(self) -> str:
        return paragraph_in_words(self.resolution, self.paragraph) or _("set by the secretariat of the Network")

    @property
    def is_of_a_resolution(self) -> bool:
        """Its count is the General Assembly's, so the desk does not change it."""
        return bool(self.resolution)
