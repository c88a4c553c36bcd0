"""Absence: days on which somebody of the desk is not there. DeskScope: the part of the inputs that somebody works on."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from forums.history import history_of
from forums.models.call import Level


class AbsenceQuerySet(models.QuerySet):
    def on(self, day):
        """Those that hold on that day and were not taken back."""
        return self.filter(first_day__lte=day, last_day__gte=day, taken_back_at=None)


class Absence(models.Model):
    """From the first to the last day nobody is given work by itself; what they have stays theirs."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences", verbose_name=_("person"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    at = models.DateTimeField(_("entered at"))
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["-first_day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="an_absence_ends_after_it_begins")
        ]
        verbose_name = _("absence")
        verbose_name_plural = _("absences")

    def __str__(self):
        return f"{self.user} · {self.first_day}–{self.last_day}"


class DeskScopeQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(ended_at=None)


@pghistory.track(**history_of("DeskScope"))
class DeskScope(models.Model):
    """One line of what somebody of the desk works on. Who has no line works on everything.

    A line means inputs to which all that it names applies; several lines mean the inputs of each of them together.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="scopes", verbose_name=_("person"))
    forum = models.ForeignKey(
        "forums.Forum", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("forum")
    )
    call = models.ForeignKey("forums.Call", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("call"))
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    region = models.ForeignKey(
        "forums.Region", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    objective = models.ForeignKey(
        "forums.Objective", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("objective")
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("set by"), editable=False
    )
    at = models.DateTimeField(_("set at"), editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)

    NARROWS = ("forum", "call", "level", "region", "objective", "language")
    objects = DeskScopeQuerySet.as_manager()

    class Meta:
        ordering = ["user", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(forum=None, call=None, level="", region=None, objective=None, language=""),
                name="a_scope_names_something",
            )
        ]
        indexes = [models.Index(fields=["user"], condition=Q(ended_at=None), name="scopes_of_a_person")]
        verbose_name = _("scope of a person of the desk")
        verbose_name_plural = _("scopes of people of the desk")

    def __str__(self):
        return str(self.user)
