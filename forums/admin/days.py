"""Filters of lists that belong to a forum and its days: `?forum=2026&day=2026-05-05`, days in the forum's own zone."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import Choice
from forums.models import Forum, Session
from forums.templatetags.moments import day_in_words


class ForumFilter(Choice):
    """All forums, also those whose programme is still empty."""

    title = _("forum")
    parameter_name = "forum"

    def lookups(self, request, model_admin):
        return [(forum.slug, str(forum)) for forum in Forum.objects.all()]

    def narrow(self, request, queryset, value):
        return queryset.filter(forum__slug=value)


class DayFilter(Choice):
    """The days of the chosen forum, in its own zone."""

    title = _("day")
    parameter_name = "day"

    def lookups(self, request, model_admin):
        forum = Forum.objects.filter(slug=request.GET.get("forum", "")).first()
        instants = Session.objects.filter(forum=forum).order_by("starts_at").values_list("starts_at", flat=True)
        days = dict.fromkeys(instant.astimezone(forum.zone).date() for instant in instants) if forum else ()
        return [(day.isoformat(), day_in_words(day)) for day in days]

    def narrow(self, request, queryset, value):
        zone = Forum.objects.get(slug=request.GET["forum"]).zone
        begins = datetime.combine(date.fromisoformat(value), time.min, tzinfo=zone)
        ends = datetime.combine(begins.date() + timedelta(days=1), time.min, tzinfo=zone)
        return queryset.filter(starts_at__gte=begins, starts_at__lt=ends)
