"""The released programme and the official documents, for machines."""

from django.http import Http404
from drf_spectacular.utils import extend_schema_view

from forums.api.narrowed import OfForum, listed, one
from forums.keyset import KeysetOfList
from forums.models import Forum, OfficialDocument, Release, Session
from forums.programme.released import released_sessions, sessions_of
from forums.reading import Listing, One
from forums.serializers.programme import DocumentSerializer, SessionSerializer


@extend_schema_view(list=listed("Sessions of the forums, each as it stands in the latest release of its programme"))
class SessionsViewSet(OfForum, Listing):
    """Cancelled ones too; nothing of a programme that was not released."""

    queryset = Session.objects.none()  # says what it is about; sessions are read from releases
    serializer_class = SessionSerializer
    pagination_class = KeysetOfList

    def get_queryset(self):
        """A list: sessions are kept within their release."""
        latest = Release.objects.order_by("forum_id", "-number").distinct("forum_id").select_related("forum")
        if slug := self.asked_forum():
            latest = latest.filter(forum__slug=slug)
        sessions = [session for release in latest for session in sessions_of(release, release.forum)]
        return sorted(sessions, key=self.key_of)

    @staticmethod
    def key_of(session):
        return [session.forum.slug, session.starts_at.isoformat(), session.slug]


@extend_schema_view(retrieve=one("One session of the released programme, by its forum and its own address"))
class SessionViewSet(One):
    """As it stands in the latest release."""

    queryset = Session.objects.none()  # says what it is about; sessions are read from releases
    serializer_class = SessionSerializer
    lookup_field = "slug"

    def get_object(self):
        forum = Forum.objects.filter(slug=self.kwargs["forum"]).first()
        sessions = released_sessions(forum) if forum else []
        found = next((session for session in sessions if session.slug == self.kwargs["slug"]), None)
        if found is None:
            raise Http404
        return found


@extend_schema_view(list=listed("Official documents of the forums: symbol, title, day on which it was available, languages"))
class DocumentsViewSet(OfForum, Listing):
    """With the duty that each one meets."""

    queryset = OfficialDocument.objects.select_related("forum", "modifies").prefetch_related("languages")
    serializer_class = DocumentSerializer
