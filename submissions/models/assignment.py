"""Assignment: an input was given to a reviewer, handed over or taken back. AssignmentRule: who reviews what, in order."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums.history import history_of
from forums.models.call import Level


class Assignment(models.Model):
    """One change of the reviewer, with who made it and how; whoever got or lost it is told in one letter for many."""

    class How(models.TextChoices):
        CHOSEN = "chosen", _("Chosen by a person")
        SHARED_OUT = "shared_out", _("Shared out evenly")
        BY_RULE = "by_rule", _("By a rule")
        BY_ITSELF = "by_itself", _("By a rule, by itself")
        CONFLICT = "conflict", _("Taken back because of a conflict of interest")

    submission = models.ForeignKey(
        "submissions.Submission", models.CASCADE, related_name="assignments", verbose_name=_("input")
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("given to")
    )
    was = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken from")
    )
    how = models.CharField(_("how"), max_length=10, choices=How)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )  # empty: the portal, by a rule
    at = models.DateTimeField(_("at"))
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["submission", "at", "pk"]
        indexes = [models.Index(fields=["at"], condition=Q(told_at=None), name="assignments_to_tell")]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")

    def __str__(self):
        return f"{self.submission} · {self.to or '–'}"


class AssignmentRuleQuerySet(models.QuerySet):
    def in_order(self):
        return self.filter(in_use=True).order_by("place", "pk")


@pghistory.track(**history_of("AssignmentRule"))
class AssignmentRule(models.Model):
    """Inputs of a forum, or of one call, to which all that it names applies go to its reviewers. The first that fits counts.

    Where a rule names several people, the one with the least open work gets the next input.
    """

    forum = models.ForeignKey("forums.Forum", models.PROTECT, related_name="+", verbose_name=_("forum"))
    call = models.ForeignKey("forums.Call", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("call"))
    place = models.PositiveSmallIntegerField(_("place in the order"), default=10)
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    region = models.ForeignKey(
        "forums.Region", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    objective = models.ForeignKey(
        "forums.Objective", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("objective")
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    reviewers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("reviewers"))
    in_use = models.BooleanField(_("in use"), default=True)

    objects = AssignmentRuleQuerySet.as_manager()

    class Meta:
        ordering = ["forum", "place", "pk"]
        verbose_name = _("rule of assignment")
        verbose_name_plural = _("rules of assignment")

    def __str__(self):
        named = [self.get_level_display() if self.level else "", self.region, self.objective, self.get_language_display()]
        return " · ".join([f"{self.forum} {self.place}", *(str(each) for each in named if each)])


@pghistory.track(**history_of("AutomaticAssignment"))
class AutomaticAssignment(models.Model):
    """Whether the rules give out what is newly received in a call by themselves. A call without a row: no."""

    call = models.OneToOneField("forums.Call", models.PROTECT, related_name="+", verbose_name=_("call"))
    is_on = models.BooleanField(_("rules give out new inputs by themselves"), default=False)
    since = models.DateTimeField(_("for inputs received from"), editable=False)

    class Meta:
        ordering = ["call"]
        verbose_name = _("automatic assignment")
        verbose_name_plural = _("automatic assignments")

    def __str__(self):
        return str(self.call)
