"""Conflict: somebody of the desk keeps away from an organisation or an input, for a reason that was said, until it ends."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ConflictQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(ended_at=None)


class Conflict(models.Model):
    """What was declared. What follows from memberships is computed (accreditation/ties.py) and stands nowhere."""

    class Ground(models.TextChoices):
        FORMER_EMPLOYER = "former_employer", _("Former employer")
        WORKS_WITH = "works_with", _("Works or worked with it")
        FAMILY = "family", _("Family or close relation")
        MONEY = "money", _("Money or other benefit")
        OTHER = "other", _("Other reason")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="conflicts", verbose_name=_("person"))
    organisation = models.ForeignKey(
        "accreditation.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conflicts",
        verbose_name=_("organisation"),
    )
    submission = models.ForeignKey(
        "submissions.Submission", models.CASCADE, null=True, blank=True, related_name="conflicts", verbose_name=_("input")
    )
    ground = models.CharField(_("ground"), max_length=20, choices=Ground)
    reason = models.TextField(_("reason"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("declared by"))
    at = models.DateTimeField(_("declared at"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, submission__isnull=False) | Q(organisation__isnull=False, submission=None),
                name="a_conflict_is_about_a_body_or_an_input",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False),
                name="a_conflict_that_stands_was_ended_by_nobody",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=Q(ended_at=None), name="one_conflict_with_a_body_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["user", "submission"], condition=Q(ended_at=None), name="one_conflict_with_an_input_at_a_time"
            ),
        ]
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")

    def __str__(self):
        return f"{self.user} · {self.organisation or self.submission}"
