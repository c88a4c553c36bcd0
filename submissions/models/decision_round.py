"""DecisionRound: decisions on several inputs, carried out one by one at once, or staged and announced together later."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from forums.history import history_of
from submissions.models.submission import Submission


class DecisionRoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who oversee the reviews see all; reviewers their own, and what is staged by all for a call."""
        if not user.has_perm("submissions.review_submission") and not user.has_perm("submissions.view_review"):
            return self.none()
        if user.has_perm("submissions.view_review"):
            return self
        return self.filter(Q(by=user) | Q(together=True))

    def open(self):
        """Staged, and not announced yet."""
        return self.filter(together=True, state=DecisionRound.State.OPEN)


@pghistory.track(**history_of("DecisionRound"))
class DecisionRound(models.Model):
    class State(models.TextChoices):
        OPEN = "open", _("Staged, not announced")
        ASKED = "asked", _("Waits for a second person")
        WORKING = "working", _("Is being carried out")
        DONE = "done", _("Carried out")
        SET_ASIDE = "set_aside", _("Set aside")

    together = models.BooleanField(_("announced together"), default=False)
    name = models.CharField(_("name"), max_length=120)
    call = models.ForeignKey(
        "forums.Call", models.PROTECT, null=True, blank=True, related_name="decision_rounds", verbose_name=_("call")
    )
    came_from = models.CharField(max_length=2000, blank=True)  # filters of the list on which it was pressed
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("released by")
    )
    released_at = models.DateTimeField(_("released"), null=True, blank=True)

    objects = DecisionRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "name"], condition=Q(together=True), name="one_round_of_a_name_in_a_call"
            ),
            models.CheckConstraint(
                condition=Q(together=False) | Q(call__isnull=False), name="what_is_announced_together_has_a_call"
            ),
            models.CheckConstraint(
                condition=Q(together=False) | ~Q(state="done") | Q(released_by__isnull=False, released_at__isnull=False),
                name="what_was_announced_together_was_released",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=models.F("by")),
                name="a_second_person_releases_a_round",
            ),
        ]
        indexes = [models.Index(fields=["at"], condition=Q(state="working"), name="rounds_to_work_on")]
        verbose_name = _("decisions on several inputs")
        verbose_name_plural = _("decisions on several inputs")

    def __str__(self):
        return self.name


class DecisionLineQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(result=DecisionLine.Result.WAITING)

    def visible_to(self, user):
        """Lines about inputs that this person may see at all."""
        seen = Submission.objects.visible_to(user).filter(pk=OuterRef("submission"))
        return self.filter(Exists(seen))


class DecisionLine(models.Model):
    """One decision on one input: what, in which words, with which letters; and what became of it."""

    class Result(models.TextChoices):
        WAITING = "waiting", _("Not carried out yet")
        DONE = "done", _("Done")
        SKIPPED = "skipped", _("Skipped")
        TAKEN_OUT = "taken_out", _("Taken out")

    round = models.ForeignKey(DecisionRound, models.CASCADE, related_name="lines")
    staged = models.BooleanField(default=False)  # of a round that is announced together
    submission = models.ForeignKey("submissions.Submission", models.CASCADE, related_name="decision_lines")
    decision = models.CharField(_("decision"), max_length=20)
    words = models.JSONField(default=dict, blank=True)  # what the decision asks for
    letters = models.JSONField(default=dict, blank=True)  # withheld, reason, words: as operations.Letters
    seen_step = models.BigIntegerField()  # the last step of the input when it was decided: later ones make this stale
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    result = models.CharField(_("result"), max_length=10, choices=Result, default=Result.WAITING)
    why = models.TextField(_("why"), blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    step = models.OneToOneField(
        "submissions.SubmissionStep", models.SET_NULL, null=True, blank=True, related_name="decision_line"
    )

    objects = DecisionLineQuerySet.as_manager()

    class Meta:
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "submission"], condition=~Q(result="taken_out"), name="an_input_stands_once_in_a_round"
            ),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(staged=True, result="waiting"), name="an_input_is_staged_once"
            ),
            models.CheckConstraint(
                condition=Q(result="waiting", settled_at__isnull=True) | ~Q(result="waiting") & Q(settled_at__isnull=False),
                name="a_line_is_settled_wholly",
            ),
        ]
        verbose_name = _("decision in a round")
        verbose_name_plural = _("decisions in a round")

    def __str__(self):
        return f"{self.submission_id}: {self.decision}"
