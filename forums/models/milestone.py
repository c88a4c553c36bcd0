"""Milestone: one dated duty of a forum. Its due day and its state are computed at each look."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums import timeline
from forums.history import history_of


@pghistory.track(**history_of("Milestone"), fields=["weeks_before", "days_before", "met_on", "waived_because"])
class Milestone(models.Model):
    """A duty counted from the forum's first day, or on a day of its own when the rule is the desk's."""

    class Kind(models.TextChoices):
        REPORT = "report", _("Secretary-General's report available")
        NOTE = "note", _("Background note circulated")
        HEARING = "hearing", _("Multi-stakeholder hearing")
        DECLARATION = "declaration", _("Progress Declaration agreed")
        OTHER = "other", _("Other")

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="milestones", verbose_name=_("forum"))
    kind = models.CharField(_("kind of duty"), max_length=12, choices=Kind)
    round_table = models.ForeignKey(
        "forums.RoundTable", models.CASCADE, null=True, blank=True, related_name="milestones", verbose_name=_("round table")
    )
    name = models.CharField(_("name"), max_length=200)
    weeks_before = models.PositiveSmallIntegerField(_("weeks before the first day"), default=0)
    days_before = models.SmallIntegerField(_("days before the first day"), default=0)
    on_last_day = models.BooleanField(_("counted from the last day instead"), default=False)
    basis = models.CharField(_("resolution and paragraph"), max_length=120)
    met_on = models.DateField(_("met on"), null=True, blank=True)
    waived_because = models.TextField(_("waived, because"), blank=True)

    class Meta:
        ordering = ["forum", "-weeks_before", "-days_before", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "kind"], condition=Q(kind__in=["report", "hearing", "declaration"]), name="duty_once"
            ),
            models.UniqueConstraint(fields=["forum", "round_table"], condition=Q(kind="note"), name="one_note_per_table"),
        ]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")

    def __str__(self):
        return self.name

    @property
    def due_on(self):
        """The last day on which the duty is still met in time, in the forum's zone; None while the forum has no dates."""
        first = self.forum.last_day if self.on_last_day else self.forum.first_day
        return first and timeline.due_day(first, weeks=self.weeks_before, days=self.days_before)

    def state(self, at):
        """Where the duty stands at that instant: ahead, due soon, met (early or late), overdue, waived, not recorded."""
        return timeline.state(
            due_on=self.due_on,
            met_on=self.met_on,
            waived=bool(self.waived_because),
            at=at,
            zone=self.forum.zone,
            held=self.forum.status == "held",
        )


class MilestoneNotice(models.Model):
    """Who was told of which milestone, at which distance, for which due day: unique, so a sweep run twice tells once."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="notices")
    due_on = models.DateField()
    days_before = models.SmallIntegerField()
    to = models.EmailField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["milestone", "due_on", "days_before", "to"], name="milestone_notice_once")
        ]
        verbose_name = _("milestone notice")
        verbose_name_plural = _("milestone notices")

    def __str__(self):
        return f"{self.milestone} · {self.due_on} · {self.to}"
