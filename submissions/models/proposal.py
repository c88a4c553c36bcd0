"""Proposal: a correction or an addition to an input, as its author proposes it and the desk decides; its steps.

It begins with a draft that amends the input, becomes a version when it is sent, and waits beside the input: what is public
stays as it is until the desk approves. LateOpening: the desk lets an input be added to after its call has closed.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums.models import Procedure, Step
from submissions.models.submission import Submission
from submissions.models.version import Act


class ProposalQuerySet(models.QuerySet):
    def sent(self):
        return self.exclude(status=Proposal.Status.DRAFT)

    def waiting(self):
        return self.filter(status=Proposal.Status.PROPOSED)

    def visible_to(self, user):
        """What was sent, of the inputs that this person may see."""
        return self.sent().filter(submission__in=Submission.objects.visible_to(user).values("pk"))


class Proposal(Procedure):
    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Waits for the desk")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        TAKEN_BACK = "taken_back", _("Taken back")

    MOVES = {
        Status.DRAFT: {Status.PROPOSED},
        Status.PROPOSED: {Status.APPROVED, Status.REFUSED, Status.TAKEN_BACK},
        Status.APPROVED: {Status.REFUSED},  # an addition that is no longer shown
    }
    ACTS = [(Act.CORRECTION.value, Act.CORRECTION.label), (Act.ADDITION.value, Act.ADDITION.label)]

    submission = models.ForeignKey(
        "submissions.Submission", models.PROTECT, related_name="proposals", verbose_name=_("input")
    )
    act = models.CharField(_("what it does"), max_length=10, choices=ACTS)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    reason = models.TextField(_("reason"), blank=True)  # to the desk; never public
    draft = models.OneToOneField(  # gone once it was sent
        "submissions.Submission", models.CASCADE, null=True, blank=True, related_name="proposal", editable=False
    )
    version = models.OneToOneField("submissions.Version", models.PROTECT, null=True, blank=True, related_name="proposal")
    late = models.BooleanField(_("received after the deadline"), default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(act="correction", status__in=["draft", "proposed"]),
                name="one_correction_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", draft__isnull=False, version__isnull=True)
                | (~Q(status="draft") & Q(draft__isnull=True, version__isnull=False)),
                name="a_proposal_is_a_draft_or_a_version",
            ),
        ]
        indexes = [models.Index(fields=["status", "asked_at"], name="proposals_queue")]
        verbose_name = _("correction or addition")
        verbose_name_plural = _("corrections and additions")

    def __str__(self):
        return self.version.symbol if self.version_id else f"{self.submission.reference} · {self.get_act_display()}"

    @property
    def is_correction(self) -> bool:
        return self.act == Act.CORRECTION


class ProposalStep(Step):
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        indexes = [models.Index(fields=["at"], condition=Q(announced_at__isnull=True), name="proposal_steps_pending")]
        verbose_name = _("step of a correction or addition")
        verbose_name_plural = _("steps of corrections and additions")


class LateOpening(models.Model):
    """Until when an input takes additions although its call has closed, who decided so and why."""

    submission = models.ForeignKey(
        "submissions.Submission", models.PROTECT, related_name="late_openings", verbose_name=_("input")
    )
    closes_at = models.DateTimeField(_("takes additions until"))
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("opened at"))

    class Meta:
        ordering = ["submission", "at"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("at")), name="a_late_opening_closes_after_it_opens")
        ]
        verbose_name = _("late opening for additions")
        verbose_name_plural = _("late openings for additions")

    def __str__(self):
        return f"{self.submission} · {self.closes_at:%Y-%m-%d}"
