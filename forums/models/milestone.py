"""Milestone: one dated duty of a forum. Its due day and its state are computed at each look."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums import timeline
from forums.citing import paragraph_in_words
from forums.history import history_of


@pghistory.track(
    **history_of("Milestone"),
    fields=["weeks_before", "days_before", "met_on", "waived_because", "responsible", "notices_held"],
)
class Milestone(models.Model):
    """A duty counted from the forum's first day, or on a day of its own when the rule is the desk's."""

    PEOPLE_IN_HISTORY = ("responsible",)  # the history of a duty names who answered for it

    class Kind(models.TextChoices):
        REPORT = "report", _("Secretary-General's report available")
        NOTE = "note", _("Background note circulated")
        HEARING = "hearing", _("Multi-stakeholder hearing")
        DECLARATION = "declaration", _("Progress Declaration agreed")
        CONCEPT_NOTE = "concept_note", _("Concept notes out")
        ACCREDITATION = "accreditation", _("Accreditation closes")
        REGISTRATION = "registration", _("Registration closes")
        SPEAKERS = "speakers", _("Speakers’ list closes")
        OTHER = "other", _("Other")

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="milestones", verbose_name=_("forum"))
    kind = models.CharField(_("kind of duty"), max_length=16, choices=Kind)
    round_table = models.ForeignKey(
        "forums.RoundTable", models.CASCADE, null=True, blank=True, related_name="milestones", verbose_name=_("round table")
    )
    name = models.CharField(_("name"), max_length=200)
    weeks_before = models.PositiveSmallIntegerField(_("weeks before the first day"), default=0)
    days_before = models.SmallIntegerField(_("days before the first day"), default=0)
    on_last_day = models.BooleanField(_("counted from the last day instead"), default=False)
    resolution = models.CharField(_("resolution"), max_length=40, blank=True)
    paragraph = models.CharField(_("paragraph"), max_length=12, blank=True)
    rule = models.ForeignKey(
        "forums.Rule", models.SET_NULL, null=True, blank=True, related_name="milestones", verbose_name=_("rule")
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible person"),
    )
    met_on = models.DateField(_("met on"), null=True, blank=True)
    waived_because = models.TextField(_("waived, because"), blank=True)
    notices_held = models.BooleanField(_("notices are held back"), default=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)

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
    def basis(self) -> str:
        """Resolution and paragraph in words of the reader's language; who set the date where no resolution did."""
        return paragraph_in_words(self.resolution, self.paragraph) or _("set by the secretariat of the Network")

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
    days_before = models.SmallIntegerField()  # negative: so many days overdue
    to = models.EmailField()
    at = models.DateTimeField()
    letter = models.OneToOneField("forums.Letter", models.SET_NULL, null=True, blank=True, related_name="notice")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["milestone", "due_on", "days_before", "to"], name="milestone_notice_once")
        ]
        verbose_name = _("milestone notice")
        verbose_name_plural = _("milestone notices")

    def __str__(self):
        return f"{self.milestone} · {self.due_on} · {self.to}"
