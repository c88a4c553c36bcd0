"""A filter of lists whose rows reach their forum through other rows: `?forum=2026`."""

from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import Choice
from forums.models import Forum


class OfForum(Choice):
    """All forums; `path` names the way from a row to its forum."""

    title, parameter_name = _("forum"), "forum"
    path = "forum"

    def lookups(self, request, model_admin):
        return [(forum.slug, str(forum)) for forum in Forum.objects.all()]

    def narrow(self, request, queryset, value):
        return queryset.filter(**{f"{self.path}__slug": value})
