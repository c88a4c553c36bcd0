"""What the rooms of steps share: which steps have no letters yet, and which have none for a day."""

from datetime import timedelta

from django.contrib import admin
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import Choice, badge

SILENT_AFTER = timedelta(days=1)


def steps_by_letters(steps, at):
    """Steps by what became of their letters; the silent ones are pending for a day."""
    pending = steps.filter(announced_at__isnull=True)
    return {
        "silent": pending.filter(at__lt=at - SILENT_AFTER),
        "pending": pending,
        "written": steps.filter(announced_at__isnull=False),
    }


class AnnouncedFilter(Choice):
    title, parameter_name = _("letters"), "letters"

    def lookups(self, request, model_admin):
        return [("silent", _("Not written for a day")), ("pending", _("Not yet written")), ("written", _("Written"))]

    def narrow(self, request, queryset, value):
        return steps_by_letters(queryset, now())[value]


class BecameFilter(Choice):
    title, parameter_name = _("to status"), "became"

    def lookups(self, request, model_admin):
        return model_admin.statuses.choices

    def narrow(self, request, queryset, value):
        return queryset.filter(became=value)


class StepWords:
    """Mixed into a room of steps: statuses in words. `statuses` and `tone` are those of the procedure."""

    statuses, tone = None, staticmethod(lambda status: "plain")

    def _badge(self, status):
        return badge(dict(self.statuses.choices).get(status, status), self.tone(status))

    @admin.display(description=_("from status"), ordering="was")
    def from_status(self, step):
        return self._badge(step.was)

    @admin.display(description=_("to status"), ordering="became")
    def to_status(self, step):
        return self._badge(step.became)

    @admin.display(description=_("letters written"), boolean=True)
    def announced(self, step):
        return step.announced_at is not None
