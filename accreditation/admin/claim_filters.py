"""Filters of the list of claims: in whose hands they are, whether the desk waits for an answer."""

from django.db.models import OuterRef, Subquery
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accreditation.models import Accreditation, AccreditationStep
from forums.admin.rooms import Choice

Status = Accreditation.Status
IN_HAND = (Status.SUBMITTED, Status.SCREENING, Status.MORE_ASKED)


class HandsFilter(Choice):
    """An answer comes back to whoever took the application up."""

    title, parameter_name = _("taken up by"), "hands"

    def lookups(self, request, model_admin):
        return [("mine", _("Me: waits for me, or for an answer")), ("nobody", _("Nobody yet"))]

    def narrow(self, request, queryset, value):
        taken = AccreditationStep.objects.filter(accreditation=OuterRef("pk"), became=Status.SCREENING).order_by(
            "-at", "-pk"
        )
        held = queryset.filter(status__in=IN_HAND).alias(screener=Subquery(taken.values("by")[:1]))
        return held.filter(screener=request.user) if value == "mine" else held.filter(screener__isnull=True)


class AnswerFilter(Choice):
    title, parameter_name = _("answer to the desk"), "answer"

    def lookups(self, request, model_admin):
        return [("overdue", _("Overdue")), ("waiting", _("Waited for"))]

    def narrow(self, request, queryset, value):
        asked = queryset.filter(status=Status.MORE_ASKED)
        return asked.filter(awaited__lt=now()) if value == "overdue" else asked
