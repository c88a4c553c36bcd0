"""ForumTerms: what a forum sets for those who take part: which names are public, how many persons, which support."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from forums.history import history_of


class Group(models.TextChoices):
    """Groups of countries, as their flags in the list of countries say."""

    LDC = "ldc", _("Least developed countries")
    LLDC = "lldc", _("Landlocked developing countries")
    SIDS = "sids", _("Small island developing States")


@pghistory.track(**history_of("ForumTerms"))
class ForumTerms(models.Model):
    forum = models.OneToOneField("forums.Forum", models.CASCADE, related_name="terms", verbose_name=_("forum"))
    names_before = models.BooleanField(_("names on a circulated list are public before the outcome"), default=False)
    names_after = models.BooleanField(_("outcomes of a list are public"), default=True)
    accredited_public = models.BooleanField(_("the list of accredited organisations is public"), default=True)
    participants_public = models.BooleanField(_("names of registered persons who agreed are public"), default=False)
    most_persons = models.PositiveSmallIntegerField(
        _("persons of one organisation at the forum at most"), null=True, blank=True
    )
    most_persons_hearing = models.PositiveSmallIntegerField(
        _("persons of one organisation at the hearing at most"), null=True, blank=True
    )
    letter_needed = models.BooleanField(_("registration needs a letter of representation"), default=True)
    support_open = models.BooleanField(_("support for participation can be asked for"), default=False)
    support_groups = ArrayField(
        models.CharField(max_length=6, choices=Group),
        default=list,
        blank=True,
        verbose_name=_("groups of countries that support is for"),
    )
    support_for_stakeholders = models.BooleanField(_("other stakeholders may ask for support too"), default=True)
    support_text = models.TextField(_("who may ask for support, and how"), blank=True)

    class Meta:
        verbose_name = _("terms of a forum")
        verbose_name_plural = _("terms of forums")

    def __str__(self):
        return str(self.forum)
