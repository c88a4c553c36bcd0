"""How the queue is narrowed: by its filters and its one search line. The review page walks the same queue."""

from datetime import date

from django.conf import settings
from django.contrib import admin
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import Choice
from forums.models import Call
from forums.models.call import Level
from forums.once import forums_of
from forums.typed import without_control
from submissions import desk_search
from submissions.desk_search.conditions import by_column
from submissions.models import Clarification, Submission
from submissions.permissions import sees_reviewers

Status = Submission.Status


def overdue_questions(at):
    """The inputs whose authors were asked until a day that has passed."""
    return Clarification.objects.overdue(at).values("submission")


NARROW = {
    "answer": lambda inputs, value, user: inputs.filter(
        {"overdue": Q(status="clarification_asked", pk__in=overdue_questions(now()))}[value]
    ),
    "status": lambda inputs, value, user: inputs.filter(status=value),
    "forum": lambda inputs, value, user: inputs.filter(call__forum__slug=value),
    "call": lambda inputs, value, user: inputs.filter(call=value),
    "publish_as": lambda inputs, value, user: inputs.filter(publish_as=value),
    "level": lambda inputs, value, user: inputs.filter(by_column("level")([value], None).whole),
    "language": lambda inputs, value, user: inputs.filter(by_column("language")([value], None).whole),
    "reviewer": lambda inputs, value, user: inputs.filter(
        {"mine": Q(reviewer=user), "nobody": Q(reviewer=None), "somebody": Q(reviewer__isnull=False)}[value]
    ),
}


def narrowed(inputs, chosen, asker):
    """The inputs that all these filters leave; what is no filter, or has no such value, narrows nothing."""
    for name, value in chosen.items():
        if name == "q":
            inputs, _troubles = desk_search.narrowed(inputs, without_control(value), asker)
        elif name in NARROW:
            try:
                inputs = NARROW[name](inputs, value, asker.user)
            except (KeyError, ValueError):
                continue
    return inputs


def asker_of(request):
    """Who asks the search line, once a request."""
    if not hasattr(request, "asks_the_queue"):
        request.asks_the_queue = desk_search.Asker(request.user, now(), lambda: calls_of(request))
    return request.asks_the_queue


class Narrowing(Choice):
    def narrow(self, request, queryset, value):
        return NARROW[self.parameter_name](queryset, value, request.user)


class StatusFilter(Narrowing):
    title, parameter_name = _("status"), "status"

    def lookups(self, request, model_admin):
        hidden = {Status.DRAFT} if sees_reviewers(request.user) else {Status.DRAFT, Status.WITHDRAWN}
        return [(value, word) for value, word in Status.choices if value not in hidden]


class AnswerFilter(Narrowing):
    title, parameter_name = _("answer to a question"), "answer"

    def lookups(self, request, model_admin):
        return [("overdue", _("Overdue"))]


class ReviewerFilter(Narrowing):
    title, parameter_name = _("reviewer"), "reviewer"

    def lookups(self, request, model_admin):
        return [("mine", _("Mine")), ("nobody", _("Nobody")), ("somebody", _("Somebody"))]


def calls_of(request):
    """The names of all calls for inputs, with their forums, the latest first; read once a request."""
    if not hasattr(request, "calls_for_inputs"):
        forums = {forum.pk: forum for forum in forums_of(request)}
        calls = list(Call.objects.for_inputs().only("slug", "name", "forum").order_by("slug"))
        for call in calls:
            call.forum = forums[call.forum_id]
        request.calls_for_inputs = sorted(calls, key=lambda call: call.forum.first_day or date.max, reverse=True)
    return request.calls_for_inputs


class ForumFilter(Narrowing):
    title, parameter_name = _("forum"), "forum"

    def lookups(self, request, model_admin):
        return list({call.forum.slug: str(call.forum) for call in calls_of(request)}.items())


class CallFilter(Narrowing):
    title, parameter_name = _("call"), "call"

    def lookups(self, request, model_admin):
        return [(str(call.pk), f"{call.forum.slug} · {call}") for call in calls_of(request)]


class LevelFilter(Narrowing):
    title, parameter_name = _("level"), "level"

    def lookups(self, request, model_admin):
        return Level.choices


class PublicityFilter(Narrowing):
    title, parameter_name = _("what the public may see"), "publish_as"

    def lookups(self, request, model_admin):
        return Submission.PublishAs.choices


class LanguageFilter(Narrowing):
    title, parameter_name = _("language"), "language"

    def lookups(self, request, model_admin):
        return settings.LANGUAGES


class ViewFilter(admin.SimpleListFilter):
    """Which saved view is open: it narrows nothing by itself, its filters stand in the address beside it."""

    title, parameter_name = _("view"), "view"

    def lookups(self, request, model_admin):
        return ()

    def queryset(self, request, queryset):
        return queryset
