"""What lists of dates share: narrowed to a forum, told the moment of the request."""

from django.utils.timezone import now
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema

from forums.keyset import NoSuchParameter
from forums.models import Forum

FORUM = OpenApiParameter("forum", str, description="Only those of this forum, such as 2026.")
OF_FORUM = OpenApiParameter("forum", str, OpenApiParameter.PATH, description="Address of the forum, such as 2026.")


class AtThisMoment:
    """Serializers that say where something stands are told the moment of the request."""

    def get_serializer_context(self):
        return {**super().get_serializer_context(), "at": now()}


class OfForum:
    """A list that `?forum=` narrows; a forum that is not there is refused by name."""

    parameters = ("forum",)

    def get_queryset(self):
        slug = self.asked_forum()
        return self.queryset.filter(forum__slug=slug) if slug else self.queryset.all()

    def asked_forum(self) -> str:
        slug = self.request.query_params.get("forum", "") if self.request else ""
        if slug and not Forum.objects.filter(slug=slug).exists():
            raise NoSuchParameter("forum", _("There is no forum “%(slug)s”.") % {"slug": slug[:40]})
        return slug


def listed(summary):
    return extend_schema(summary=summary, parameters=[FORUM])


def one(summary):
    return extend_schema(summary=summary, parameters=[OF_FORUM])
