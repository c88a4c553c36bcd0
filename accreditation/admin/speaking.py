"""Rooms: wishes to speak, their steps, the releases. Wishes are chosen a session at a time, on a page of its own."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accreditation.admin import speaker_choice, speaker_releasing
from accreditation.admin.decided import DecidedRoom
from accreditation.admin.of_a_forum import OfForum
from accreditation.models import Reading, SpeakerRelease, SpeakingRequest, SpeakingRequestStep
from accreditation.operations import note_reading
from accreditation.participation.awaiting import sessions_due, sessions_with_wishes
from accreditation.permissions import may_correct_registration
from accreditation.templatetags.participation import participation_tone
from forums.admin.rooms import Choice, ReadOnlyRoom, badge, written
from forums.admin.steps import AnnouncedFilter, BecameFilter, StepWords
from forums.models import Session
from forums.templatetags.moments import moment

Status = SpeakingRequest.Status


class SessionForum(OfForum):
    path = "session__forum"


class SessionFilter(Choice):
    """The sessions in which somebody asked to speak."""

    title, parameter_name = _("session"), "session"

    def lookups(self, request, model_admin):
        return [(session.slug, str(session)) for session in sessions_with_wishes(request.GET.get("forum"))]

    def narrow(self, request, queryset, value):
        return queryset.filter(session__slug=value)


class AnswerFilter(Choice):
    """Those that wait in sessions which take no more requests: what the work list counts."""

    title, parameter_name = _("answer"), "answer"

    def lookups(self, request, model_admin):
        return [("due", _("Due: the list has closed"))]

    def narrow(self, request, queryset, value):
        return queryset.filter(status=Status.REQUESTED, session__in=[session.pk for session in sessions_due(now())])


def page_of(session) -> str:
    """The address of the page on which this session's speakers are chosen."""
    return reverse("admin:accreditation_speakingrequest_session", args=[session.pk])


@admin.register(SpeakingRequest)
class SpeakingRequestRoom(DecidedRoom):
    page_template = "admin/accreditation/speakingrequest/wish.html"
    change_list_template = "admin/accreditation/speakingrequest/change_list.html"
    list_display = ("body", "speaker", "in_session", "language", "state", "coming")
    list_select_related = ("session__forum", "accreditation__organisation")
    list_filter = ("status", AnswerFilter, SessionForum, SessionFilter)
    search_fields = ("speaker", "accreditation__organisation__name", "accreditation__organisation__acronym")
    ordering = ("accreditation__organisation__name", "session", "pk")

    def get_urls(self):
        pages = [
            ("session/<int:session>/", self.session, "session"),
            ("session/<int:session>/release/", self.release, "release"),
            ("session/<int:session>/move-up/", self.move_up, "move_up"),
        ]
        admin_view = self.admin_site.admin_view
        mine = [path(route, admin_view(view), name=f"accreditation_speakingrequest_{name}") for route, view, name in pages]
        return [*mine, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        sessions = sessions_with_wishes(request.GET.get("forum")) if self.has_view_permission(request) else []
        if sessions and request.GET.get("answer") == "due":
            sessions = sessions.filter(pk__in=[session.pk for session in sessions_due(now())])
        return super().changelist_view(request, {"sessions": sessions, **(extra_context or {})})

    # A session -------------------------------------------------------------------------------------------------------

    def session(self, request, session):
        return speaker_choice.page(self, request, self._session(request, session))

    def release(self, request, session):
        return speaker_releasing.page(self, request, self._session(request, session))

    def move_up(self, request, session):
        return speaker_choice.move_up(self, request, self._session(request, session))

    def _session(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = Session.objects.select_related("forum").filter(pk=pk, speaking_requests__isnull=False).first()
        if found is None:
            raise Http404
        return found

    # One wish --------------------------------------------------------------------------------------------------------

    def about(self, request, wish):
        accreditation = wish.accreditation
        reads = may_correct_registration(request.user, accreditation.organisation)
        if reads and wish.access_needs:
            note_reading(Reading.What.NEEDS, wish, by=request.user, at=now(), accreditation=accreditation)
        return {
            "wish": wish,
            "forum": wish.session.forum,
            "organisation": accreditation.organisation,
            "accreditation": accreditation,
            "tone": participation_tone(wish.status),
            "reads_needs": reads,
            "needs": wish.access_needs if reads else "",
            "choice_page": page_of(wish.session),
        }

    @admin.display(description=_("organisation"), ordering="accreditation__organisation__name")
    def body(self, wish):
        return written(wish.accreditation.organisation.name, wish.accreditation.organisation.name_language)

    @admin.display(description=_("session"), ordering="session__starts_at")
    def in_session(self, wish):
        return format_html('<a href="{}"><bdi>{}</bdi></a>', page_of(wish.session), wish.session)

    @admin.display(description=_("status"), ordering="status")
    def state(self, wish):
        return badge(wish.get_status_display(), participation_tone(wish.status))

    @admin.display(description=_("to be released as"), ordering="staged")
    def coming(self, wish):
        return badge(wish.get_staged_display(), "wait") if wish.staged else "–"


@admin.register(SpeakingRequestStep)
class SpeakingRequestStepRoom(StepWords, ReadOnlyRoom):
    statuses, tone = Status, staticmethod(participation_tone)
    list_display = ("request", "from_status", "to_status", "by", "when", "announced")
    list_select_related = ("request__session__forum", "by")
    list_filter = (AnnouncedFilter, BecameFilter)
    ordering = ("-at", "-pk")
    fields = ("request", "from_status", "to_status", "by", "when", "note", "announced", "trouble")
    readonly_fields = ("when", "from_status", "to_status", "announced")

    @admin.display(description=_("when"), ordering="at")
    def when(self, step):
        return moment(step.at, step.request.session.forum)


@admin.register(SpeakerRelease)
class SpeakerReleaseRoom(ReadOnlyRoom):
    list_display = ("__str__", "forum", "released", "by")
    list_select_related = ("session__forum", "by")
    list_filter = (SessionForum,)
    ordering = ("-at", "-pk")
    fields = ("session", "number", "released", "by", "note")
    readonly_fields = ("released",)

    @admin.display(description=_("forum"))
    def forum(self, release):
        return release.session.forum.slug

    @admin.display(description=_("released"), ordering="at")
    def released(self, release):
        return moment(release.at, release.session.forum)
