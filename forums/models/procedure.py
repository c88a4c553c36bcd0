"""Procedure: answers a call, has a status, moves by a table; Step: one recorded move. Both abstract."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forums.models.moving import write_move
from forums.refusals import IllegalMove, MovedMeanwhile


class Procedure(models.Model):
    """Its concrete class names MOVES, a `status` field and a Step class with related_name `steps`."""

    MOVES: dict = {}

    class Meta:
        abstract = True

    def may_move(self, to) -> bool:
        return to in self.MOVES.get(self.status, ())

    def move(self, to, *, by, at, note="", only_from=(), of_step=None, **changes):
        """The only place where a status changes: allowed, unraced, recorded.

        Updates the row only if it still has the status this object knows; writes a Step, from which letters are made, in the
        same statement, which is all that is written and so a transaction by itself.
        `changes` are further columns that belong to the move and are written by the same statement. `only_from` is for
        verbs that share their target with another: accepting and taking down both end at accepted. `of_step` are columns of
        the step that only this procedure has.
        Raises IllegalMove when MOVES has no such way, MovedMeanwhile when somebody was faster.
        """
        was = self.status
        if not self.may_move(to) or (only_from and was not in only_from):
            raise IllegalMove(
                _("This is “%(was)s” and cannot become “%(to)s”. Open the page again to see what is possible now.")
                % {"was": self.get_status_display(), "to": type(self)(status=to).get_status_display()}
            )
        step = self.steps.model(was=was, became=to, by=by, at=at, note=note, **(of_step or {}))
        setattr(step, self.steps.field.name, self)
        if not write_move(self, step, was=was, status=to, **changes):
            raise MovedMeanwhile(
                _("Somebody else has just changed this. Nothing was overwritten: open the page again to see what happened.")
            )
        for name, value in {"status": to, **changes}.items():
            setattr(self, name, value)
        return step


class StepQuerySet(models.QuerySet):
    def pending(self):
        """Steps whose letters are not yet written."""
        return self.filter(announced_at__isnull=True).order_by("at", "pk")


class Step(models.Model):
    """Who moved it, when, from where to where, and why: the history, the audit and the outbox in one row."""

    was = models.CharField(_("from status"), max_length=30)
    became = models.CharField(_("to status"), max_length=30)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField()
    note = models.TextField(_("note"), blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(
        _("why its letters could not be written"), blank=True
    )  # why its letters could not be written at the last try

    objects = StepQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.was} → {self.became}"
