"""An organisation's own inputs, as its programs read them: what its people see on their pages, nothing of the desk."""

from django.conf import settings
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from submissions.questions.asking import form_of
from submissions.questions.conditions import shown
from submissions.serializers.chosen import keys_in

ANSWER = {
    "oneOf": [
        {"type": "string"},
        {"type": "array", "items": {"type": "string"}},
        {"type": "array", "items": {"type": "object", "additionalProperties": {"type": "string"}}},
    ]
}
ANSWERS = {"type": "object", "additionalProperties": ANSWER}


class OwnRowSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    reference = serializers.CharField(allow_null=True, help_text="Given at sending.")
    forum = serializers.CharField(source="call.forum.slug")
    call = serializers.CharField(source="call.slug")
    status = serializers.CharField()
    title = serializers.CharField()
    language = serializers.CharField()
    edition = serializers.IntegerField(help_text="Raised by every saving; in the ETag.")
    begun_at = serializers.DateTimeField()
    saved_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField(allow_null=True)
    changes = serializers.UUIDField(source="amends_id", allow_null=True, help_text="Of a draft that changes what was sent.")


class QuestionSerializer(serializers.Serializer):
    key = serializers.CharField()
    kind = serializers.CharField(help_text="short, long, choice, several, number, date, yes_no or table.")
    question = serializers.CharField(source="label")
    section = serializers.CharField(source="section_title")
    seen_by = serializers.CharField(help_text="public, or desk: the Network only.")
    required = serializers.BooleanField(help_text="To be answered before sending.")
    word_limit = serializers.IntegerField(allow_null=True)
    options = serializers.SerializerMethodField(help_text="Choices, or columns of the table, by key.")
    asked = serializers.SerializerMethodField(help_text="Whether it is asked, given the other answers.")

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
    def get_options(self, question):
        return {key: str(words) for key, words in question.words_of.items()}

    def get_asked(self, question) -> bool:
        return question.key in self.context["asked"]


class OwnFileSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()
    size = serializers.IntegerField(help_text="In bytes.")
    sha256 = serializers.CharField()
    media_type = serializers.CharField()
    language = serializers.CharField()
    translates = serializers.UUIDField(source="translates_id", allow_null=True, help_text="The original; null: it is one.")
    translation = serializers.CharField(help_text="official or unofficial; empty: an original.")
    public = serializers.BooleanField(help_text="Published with the text; else for the Network only.")
    verdict = serializers.CharField(help_text="Of the virus scanner: waiting, clean or infected.")


class OwnInputSerializer(OwnRowSerializer):
    summary = serializers.CharField()
    text = serializers.CharField(help_text="Markdown.")
    level = serializers.CharField()
    countries = keys_in("chosen_now.countries")
    regions = keys_in("chosen_now.regions")
    objectives = keys_in("chosen_now.objectives", serializers.IntegerField)
    principles = keys_in("chosen_now.principles", serializers.IntegerField)
    contact_email = serializers.CharField(help_text="Whom the Network may ask; never published.")
    publish_as = serializers.CharField(help_text="named, statistics or desk: what the public may see.")
    answers = serializers.SerializerMethodField(help_text="By the key of the question.")
    questions = serializers.SerializerMethodField(help_text="What the form of the call asks.")
    closes_at = serializers.DateTimeField(source="call.closes_at", allow_null=True)
    writable = serializers.BooleanField(source="is_writable")
    url = serializers.SerializerMethodField(help_text="Its page, for people of the organisation.")

    def to_representation(self, submission):
        submission.chosen_now = {name: sorted(keys) for name, keys in submission.chosen().items()}
        return super().to_representation(submission)

    @extend_schema_field(ANSWERS)
    def get_answers(self, submission):
        return submission.answers

    @extend_schema_field(QuestionSerializer(many=True))
    def get_questions(self, submission):
        form = form_of(submission.form_version_id)
        asked = {question.key for question in shown(form, submission.answers)} if form else set()
        return QuestionSerializer(form.asked if form else [], many=True, context={"asked": asked}).data

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, submission):
        return settings.SITE_URL + submission.get_absolute_url()


class ReceiptSerializer(serializers.Serializer):
    number = serializers.IntegerField(help_text="1, 2 … of everything sent under one reference.")
    reference = serializers.CharField(source="content.reference")
    symbol = serializers.SerializerMethodField(help_text="The reference with what was done to it: /Rev.1.")
    sent_at = serializers.DateTimeField(help_text="By the clock of the database.")
    sha256 = serializers.CharField(help_text="Over the canonical content.")
    place = serializers.IntegerField(help_text="In the chain of its forum.")
    link = serializers.CharField(help_text="Of the chain: SHA-256 over the link before it and this fingerprint.")
    check = serializers.SerializerMethodField(help_text="Where anybody can check the receipt.")

    def get_symbol(self, version) -> str:
        return version.content.get("symbol", version.content["reference"])

    @extend_schema_field(OpenApiTypes.URI)
    def get_check(self, version):
        page = reverse("submissions:receipt_check", args=[version.content["reference"]])
        return f"{settings.SITE_URL}{page}?sha256={version.sha256}"


class WholeReceiptSerializer(ReceiptSerializer):
    content = serializers.JSONField(
        help_text="What was sent. Keys sorted, no spaces, UTF-8: the bytes over which the SHA-256 is taken."
    )


class DeskQuestionSerializer(serializers.Serializer):
    """A question of the desk about an input, with the answer as it is kept so far."""

    question = serializers.CharField(source="step.note")
    asked_at = serializers.DateTimeField(source="step.at")
    answer_by = serializers.DateTimeField(allow_null=True, help_text="Until when the desk asks for an answer.")
    opens = serializers.ListField(
        child=serializers.CharField(),
        allow_null=True,
        help_text="What may be changed: fields, question:<key>, file:<id>, files. null: all of it; empty: nothing.",
    )
    answer = serializers.CharField(help_text="Empty: nothing was kept yet.")
    saved_at = serializers.DateTimeField(allow_null=True)
    edition = serializers.IntegerField(help_text="Of the answer; in the ETag.")


class CheckSerializer(serializers.Serializer):
    edition = serializers.IntegerField()
    publish_as = serializers.CharField(help_text="What the public may see, as it was chosen.")
    sponsors = serializers.CharField(help_text="A mark of who stands under it; send it along. Empty: nobody was asked.")
    declaration = serializers.CharField(help_text="What is declared by sending.")
    round_tables = serializers.ListField(child=serializers.IntegerField())
    desk_files = serializers.ListField(child=serializers.CharField(), help_text="Files that are not published.")


class UploadSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    arrived = serializers.IntegerField(help_text="Bytes that are there: the offset of the next piece.")
    file = serializers.UUIDField(source="attachment_id", allow_null=True, help_text="The file that it became.")


class TokenSerializer(serializers.Serializer):
    name = serializers.CharField()
    organisation = serializers.CharField(source="organisation.slug")
    organisation_name = serializers.CharField(source="organisation.name")
    scopes = serializers.ListField(child=serializers.CharField(), help_text="read, write, send.")
    made_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
