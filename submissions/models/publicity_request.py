"""PublicityRequest: the author of a published input asks the desk to let the public see less of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from submissions.models.submission import Submission


class PublicityRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(settled_at__isnull=True)


class PublicityRequest(models.Model):
    submission = models.ForeignKey(
        "submissions.Submission", models.CASCADE, related_name="publicity_requests", verbose_name=_("input")
    )
    wanted = models.CharField(_("what the public may see from then on"), max_length=10, choices=Submission.PublishAs)
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    granted = models.BooleanField(_("granted"), null=True, blank=True)
    answer = models.TextField(_("answer of the desk"), blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    settled_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = PublicityRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(settled_at__isnull=True), name="one_open_publicity_request"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, granted=None) | Q(settled_at__isnull=False, granted__isnull=False),
                name="an_answer_to_a_publicity_request_is_yes_or_no",
            ),
        ]
        verbose_name = _("wish about what is public")
        verbose_name_plural = _("wishes about what is public")

    def __str__(self):
        return f"{self.submission} · {self.get_wanted_display()}"
