"""Versions of an input with their words, and statistics, as the API shows them."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from submissions.publication import whitelisted
from submissions.serializers.public import AnswerSerializer, VersionSerializer, in_words_too


class WholeVersionSerializer(VersionSerializer):
    """A version that is or was public, with what the public may read of it."""

    title = serializers.SerializerMethodField()
    summary = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField(help_text="Markdown, as its author wrote it.")
    language = serializers.SerializerMethodField()
    level = serializers.SerializerMethodField()
    countries = serializers.SerializerMethodField()
    regions = serializers.SerializerMethodField()
    objectives = serializers.SerializerMethodField()
    principles = serializers.SerializerMethodField()
    answers = serializers.SerializerMethodField(help_text="Public answers to the questions of the call's form.")

    def _content(self, version):
        if not hasattr(version, "public_content"):
            version.public_content = whitelisted(version)
        return version.public_content

    def get_title(self, version) -> str:
        return self._content(version)["title"]

    def get_summary(self, version) -> str:
        return self._content(version)["summary"]

    def get_text(self, version) -> str:
        return self._content(version)["text"]

    def get_language(self, version) -> str:
        return self._content(version)["language"]

    def get_level(self, version) -> str:
        return self._content(version)["level"]

    def get_countries(self, version) -> list[str]:
        return self._content(version)["countries"]

    def get_regions(self, version) -> list[str]:
        return self._content(version)["regions"]

    def get_objectives(self, version) -> list[int]:
        return self._content(version)["objectives"]

    def get_principles(self, version) -> list[int]:
        return self._content(version)["principles"]

    @extend_schema_field(AnswerSerializer(many=True))
    def get_answers(self, version):
        return in_words_too(self._content(version))


class OverallSerializer(serializers.Serializer):
    inputs = serializers.IntegerField(help_text="With those that are only counted.")
    organisations = serializers.IntegerField()
    countries = serializers.IntegerField(help_text="Countries and areas that inputs are about.")
    on_ldcs = serializers.IntegerField(help_text="Inputs about at least one least developed country.")
    objectives = serializers.IntegerField()
    unseen = serializers.IntegerField(help_text="Of the inputs: counted by the wish of their authors, shown nowhere.")


class StatisticsSerializer(serializers.Serializer):
    inputs = serializers.IntegerField(help_text="Published inputs that answer the filters.")
    by = serializers.DictField(
        child=serializers.DictField(child=serializers.IntegerField()), help_text="Field, then code: how many of them."
    )
    overall = OverallSerializer(help_text="Of everything, whatever the filters.")
