"""What the rooms of steps share: which steps have no letters yet, and which have none for a day."""

from datetime import timedelta

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import Choice

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
