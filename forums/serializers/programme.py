"""Released sessions and official documents, as the API shows them."""

from django.conf import settings
from django.utils import translation
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forums.ics.entry import OURS
from forums.models import OfficialDocument, Session, Slot
from forums.serializers.lists import Words

BY_LANGUAGE = {"type": "object", "additionalProperties": {"type": "string"}, "example": {"en": "…", "fr": "…"}}
ADDRESS = {"type": "string", "format": "uri"}


@extend_schema_field(BY_LANGUAGE)
class Kept(serializers.Field):
    """Words that a release kept, by language code."""

    def to_representation(self, words):
        return words.by_language


class RoomSerializer(serializers.Serializer):
    name = Kept()
    access = Kept(help_text="How it is reached, also with a wheelchair.")


class SlotSerializer(serializers.Serializer):
    role = serializers.CharField(help_text=f"One of {', '.join(Slot.Role.values)}.")
    name = serializers.CharField()
    body = serializers.CharField(help_text="Organisation or State.")
    minutes = serializers.IntegerField(allow_null=True)


class SessionSerializer(serializers.Serializer):
    uid = serializers.SerializerMethodField(help_text="The same as in calendar files.")
    forum = serializers.CharField(source="forum.slug")
    slug = serializers.CharField(help_text="With the forum it is the session's address.")
    url = serializers.SerializerMethodField()
    kind = serializers.CharField(help_text=f"One of {', '.join(Session.Kind.values)}.")
    title = Kept()
    description = Kept()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(help_text="This instant is already outside.")
    room = RoomSerializer(allow_null=True)
    link = serializers.CharField(help_text="Where it can be followed; may be empty.")
    interpretation = serializers.ListField(child=serializers.CharField(), help_text="Codes of languages.")
    round_table = serializers.IntegerField(allow_null=True)
    chairs = Kept(help_text="One a line.")
    facilitator = Kept()
    slots = SlotSerializer(many=True)
    cancelled_at = serializers.DateTimeField(allow_null=True)
    cancelled_because = serializers.CharField()
    sequence = serializers.IntegerField(help_text="Raised with each change, as in calendar files.")
    released_at = serializers.DateTimeField(help_text="When the release came out that it stands in.")

    def get_uid(self, session) -> str:
        return f"session-{session.pk}@{OURS}"

    @extend_schema_field(ADDRESS)
    def get_url(self, session):
        with translation.override(settings.LANGUAGE_CODE):
            return settings.SITE_URL + session.get_absolute_url()


class DocumentLanguageSerializer(serializers.Serializer):
    language = serializers.CharField()
    url = serializers.SerializerMethodField()

    @extend_schema_field(ADDRESS)
    def get_url(self, entry):
        address = entry.get_absolute_url()
        return settings.SITE_URL + address if address.startswith("/") else address


class DocumentSerializer(serializers.Serializer):
    symbol = serializers.CharField(help_text="As the United Nations cite it; may be empty.")
    forum = serializers.CharField(source="forum.slug", default=None, allow_null=True)
    kind = serializers.CharField(help_text=f"One of {', '.join(OfficialDocument.Kind.values)}.")
    title = Words()
    dated_on = serializers.DateField(allow_null=True)
    available_on = serializers.DateField(allow_null=True, help_text="The day on which it could be read.")
    url = serializers.CharField(source="link", help_text="Where it is read; may be empty.")
    languages = DocumentLanguageSerializer(source="readable", many=True)
    meets = serializers.SerializerMethodField(help_text="The uid of the duty that it meets; may be null.")
    modifies = serializers.CharField(
        source="modifies.symbol", default=None, allow_null=True, help_text="Symbol of the document it changes or adds to."
    )

    @extend_schema_field({"type": ["string", "null"]})
    def get_meets(self, document):
        return f"milestone-{document.meets_id}@{OURS}" if document.meets_id else None
