"""Published inputs and organisations as the API shows them: every field is named here; what is not named is not shown."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from submissions import describing
from submissions.publication import (
    clean_files,
    public_additions,
    public_content,
    public_files,
    public_versions,
)
from submissions.questions.showing import sent_answers
from submissions.un_order import in_un_order


def address_of(published, name="submissions:input", *args) -> str:
    """The permanent address, in the language of the text."""
    if not args and name == "submissions:input":
        return describing.address_of(published.reference, published.language)
    with translation.override(published.language):
        return settings.SITE_URL + reverse(name, args=[published.reference, *args])


class AuthorSerializer(serializers.Serializer):
    slug = serializers.CharField(source="organisation_slug")
    name = serializers.CharField(source="organisation_name")
    language = serializers.CharField(source="organisation_language", help_text="Language of the name.")


class CoSponsorSerializer(serializers.Serializer):
    slug = serializers.CharField(help_text="Empty for a body that the lead named itself.")
    name = serializers.CharField(help_text="As at the sending.")
    language = serializers.CharField(help_text="Language of the name; und where it is not known.")
    admitted = serializers.BooleanField(help_text="Accredited to this forum on the day of publication.")
    on_behalf = serializers.BooleanField(help_text="The lead sent it on behalf of this body as well; it was not asked.")


class FileSerializer(serializers.Serializer):
    name = serializers.CharField(help_text="As its author called it.")
    url = serializers.SerializerMethodField()
    size = serializers.IntegerField(help_text="In bytes.")
    sha256 = serializers.CharField()
    media_type = serializers.CharField()
    language = serializers.CharField()
    translation = serializers.CharField(help_text="official or unofficial; empty: an original.")
    translation_of = serializers.SerializerMethodField(help_text="Address of the original; null: an original.")
    pages = serializers.IntegerField(allow_null=True)

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_translation_of(self, file):
        if file.translates_id not in self.context["there"]:
            return None
        return address_of(self.context["published"], "submissions:file", file.translates_id)

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, file):
        return address_of(self.context["published"], "submissions:file", file.pk)


class TranslationSerializer(serializers.Serializer):
    title = serializers.CharField()
    summary = serializers.CharField()
    origin = serializers.CharField(help_text="author, official or machine.")
    checked = serializers.BooleanField(help_text="A person checked it.")
    outdated = serializers.BooleanField(help_text="It is of an earlier version.")


class InputSerializer(serializers.Serializer):
    reads = {"url": ("reference", "language"), "co_sponsors": ("co_sponsors",)}  # columns that the methods below need

    reference = serializers.CharField(help_text="Permanent; never used twice.")
    version = serializers.IntegerField(source="version_number", help_text="1, 2 … of everything sent under one reference.")
    symbol = serializers.CharField(help_text="The reference with what was done to it: /Rev.1, /Corr.1.")
    url = serializers.SerializerMethodField(help_text="The page of the input.")
    forum = serializers.CharField(source="forum.slug")
    call = serializers.DictField(source="call_name", child=serializers.CharField(), help_text="Name by language.")
    organisation = AuthorSerializer(source="*")
    co_sponsors = serializers.SerializerMethodField(help_text="In the order of the United Nations, for English readers.")
    kind = serializers.CharField(help_text="Kind of organisation.")
    basis = serializers.CharField(help_text="Basis of the standing held at publication; empty: none recorded.")
    title = serializers.CharField()
    translations = serializers.DictField(child=TranslationSerializer(), help_text="Title and summary by language.")
    title_is_described = serializers.BooleanField(help_text="The title describes the input; it has none of its own.")
    excerpt = serializers.CharField()
    language = serializers.CharField()
    level = serializers.CharField()
    objectives = serializers.ListField(child=serializers.IntegerField())
    round_tables = serializers.ListField(child=serializers.IntegerField())
    countries = serializers.ListField(child=serializers.CharField(), help_text="ISO 3166-1 alpha-3.")
    regions = serializers.ListField(child=serializers.CharField())
    words = serializers.IntegerField()
    file_count = serializers.IntegerField(source="files")
    received_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(source="visible_at")
    changed_at = serializers.DateTimeField()
    corrected_at = serializers.DateTimeField(allow_null=True, help_text="Since when a correction is shown.")
    recorded_by_desk = serializers.BooleanField(help_text="Recorded on behalf of its author, from a public source.")
    source_url = serializers.CharField()
    source_title = serializers.CharField()
    source_date = serializers.CharField(source="source_seen")

    @extend_schema_field(CoSponsorSerializer(many=True))
    def get_co_sponsors(self, published):
        bodies = published.co_sponsors  # most have none, and an empty serializer costs as much as a full one
        return CoSponsorSerializer(in_un_order(bodies, "en"), many=True).data if bodies else []

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, published):
        return address_of(published)


class AnswerSerializer(serializers.Serializer):
    key = serializers.CharField(help_text="The same in every version of the form.")
    kind = serializers.CharField(help_text="short, long, choice, several, number, date, yes_no or table.")
    question = serializers.CharField(help_text="As its author read it, in the language of the text.")
    answer = serializers.JSONField(help_text="Text, the key of a choice, a list of keys, or a list of rows by column.")
    in_words = serializers.CharField(help_text="The answer in words; choices in the language that was asked for.")


class VersionSerializer(serializers.Serializer):
    symbol = serializers.CharField()
    received_at = serializers.DateTimeField(source="sent_at")
    public_until = serializers.DateTimeField(source="until", allow_null=True, help_text="Empty: it is shown now.")
    url = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, version):
        return address_of(self.context["published"], "submissions:version", version.number)


class AdditionSerializer(serializers.Serializer):
    symbol = serializers.CharField()
    title = serializers.CharField(source="shown.title")
    summary = serializers.CharField(source="shown.summary")
    text = serializers.CharField(source="shown.text", help_text="Markdown, as its author wrote it.")
    language = serializers.CharField(source="shown.language")
    received_at = serializers.DateTimeField(source="sent_at")
    late = serializers.BooleanField(source="proposal.late", help_text="Received after the deadline.")
    files = serializers.SerializerMethodField()

    @extend_schema_field(FileSerializer(many=True))
    def get_files(self, version):
        return FileSerializer(clean_files(version), many=True, context=self.context).data


class UsedInSerializer(serializers.Serializer):
    symbol = serializers.CharField(help_text="Of the official document; empty where it has none.")
    title = serializers.DictField(child=serializers.CharField(), help_text="By language.")
    kind = serializers.CharField(help_text="Kind of document, such as background_note.")
    url = serializers.CharField(help_text="Where the document is read.")
    place = serializers.CharField(help_text="Paragraph or page.")
    note = serializers.CharField()


class WholeInputSerializer(InputSerializer):
    used_in = UsedInSerializer(many=True, help_text="Official documents that drew on this input.")
    versions = serializers.SerializerMethodField(help_text="What it said and says, oldest first.")
    additions = serializers.SerializerMethodField(help_text="Further documents under the same reference.")
    summary = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField(help_text="Markdown, as its author wrote it.")
    redacted = serializers.SerializerMethodField(
        help_text="Kinds of reasons for which parts are not shown: personal, defamatory, safety, law. Empty: all is shown."
    )
    principles = serializers.SerializerMethodField(help_text="Numbers of the guiding principles that it follows.")
    answers = serializers.SerializerMethodField(help_text="Public answers to the questions of the call's form.")
    files = serializers.SerializerMethodField()

    def get_redacted(self, published) -> list[str]:
        return public_content(published)["redacted"]

    def get_principles(self, published) -> list[int]:
        return public_content(published)["principles"]

    def get_summary(self, published) -> str:
        return public_content(published)["summary"]

    def get_text(self, published) -> str:
        return public_content(published)["text"]

    @extend_schema_field(VersionSerializer(many=True))
    def get_versions(self, published):
        return VersionSerializer(public_versions(published), many=True, context={"published": published}).data

    @extend_schema_field(AdditionSerializer(many=True))
    def get_additions(self, published):
        return AdditionSerializer(public_additions(published), many=True, context={"published": published}).data

    @extend_schema_field(AnswerSerializer(many=True))
    def get_answers(self, published):
        return in_words_too(public_content(published))

    @extend_schema_field(FileSerializer(many=True))
    def get_files(self, published):
        files = list(public_files(published))
        context = {"published": published, "there": {file.pk for file in files}}
        return FileSerializer(files, many=True, context=context).data


def in_words_too(content) -> list:
    """The answers of a content, each also as words."""
    rows = zip(content["answers"], sent_answers(content), strict=True)
    return AnswerSerializer([{**one, "in_words": shown.plain} for one, shown in rows], many=True).data
