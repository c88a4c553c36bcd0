"""Versions of an input with their words, and statistics, as the API shows them."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from submissions.publication import whitelisted
from submissions.serializers.chosen import keys_in
from submissions.serializers.public import AnswerSerializer, VersionSerializer, in_words_too


class WholeVersionSerializer(VersionSerializer):
    """A version that is or was public, with what the public may read of it."""

    title = serializers.CharField(source="said.title", read_only=True)
    summary = serializers.CharField(source="said.summary", read_only=True)
    text = serializers.CharField(source="said.text", read_only=True, help_text="Markdown, as its author wrote it.")
    language = serializers.CharField(source="said.language", read_only=True)
    level = serializers.CharField(source="said.level", read_only=True)
    countries = keys_in("said.countries")
    regions = keys_in("said.regions")
    objectives = keys_in("said.objectives", serializers.IntegerField)
    principles = keys_in("said.principles", serializers.IntegerField)
    answers = serializers.SerializerMethodField(help_text="Public answers to the questions of the call's form.")

    def to_representation(self, version):
        version.said = whitelisted(version)
        return super().to_representation(version)

    @extend_schema_field(AnswerSerializer(many=True))
    def get_answers(self, version):
        return in_words_too(version.said)


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
