"""What programs of an organisation send: the types, strictly. Whether a value can be stored is the form's matter."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forums.models.call import Level
from forums.reading import SIX_LANGUAGES
from forums.strict import Number, Strict, Words, Yes
from submissions.models import Attachment, Submission
from submissions.serializers.own import ANSWERS

PUBLISH_AS = Submission.PublishAs.values


class Answers(serializers.Field):
    """Answers by the key of their question: a text, keys of choices, or rows of a table."""

    default_error_messages = {"invalid": "An answer is a text, a list of keys, or a list of rows of texts, by its question."}

    def to_internal_value(self, sent):
        if not isinstance(sent, dict) or not all(_is_answer(answer) for answer in sent.values()):
            self.fail("invalid")
        return sent


def _is_answer(answer) -> bool:
    if isinstance(answer, str):
        return True
    if not isinstance(answer, list):
        return False
    return all(isinstance(one, str) for one in answer) or all(_is_row(one) for one in answer)


def _is_row(one) -> bool:
    return isinstance(one, dict) and all(isinstance(cell, str) for cell in one.values())


class OneOf(Words):
    """One of these words; the description of the API names them."""

    default_error_messages = {"choice": "This is one of: {known}."}

    def __init__(self, known, **options):
        self.known = list(known)
        super().__init__(**options)

    def to_internal_value(self, sent):
        word = super().to_internal_value(sent)
        if word not in self.known:
            self.fail("choice", known=", ".join(filter(None, self.known)))
        return word


def one_of(known, **options):
    """The field, with its values told in the description."""
    described = extend_schema_field({"type": "string", "enum": list(known)})
    return described(type("OneOf", (OneOf,), {}))(known, **options)


class BeginSerializer(Strict):
    forum = Words(help_text="Address of the forum, such as 2026.")
    call = Words(help_text="Address of the call within it.")
    language = one_of(SIX_LANGUAGES, help_text="Of the text.")


class ChangeSerializer(Strict):
    """Only what is named changes; a list is replaced as a whole."""

    title = Words(required=False, help_text="One line, at most 300 signs.")
    summary = Words(required=False, help_text="At most 5,000 signs.")
    text = Words(required=False, help_text="Markdown, at most 200,000 signs.")
    language = one_of(["", *SIX_LANGUAGES], required=False)
    level = one_of(["", *Level.values], required=False)
    contact_email = Words(required=False)
    countries = serializers.ListField(child=Words(), required=False, help_text="Three-letter codes.")
    regions = serializers.ListField(child=Words(), required=False, help_text="Codes, as in /regions/.")
    objectives = serializers.ListField(child=Number(), required=False, help_text="1 to 23.")
    principles = serializers.ListField(child=Number(), required=False, help_text="Numbers of guiding principles, 1 to 10.")
    answers = extend_schema_field(ANSWERS)(type("Answers", (Answers,), {}))(
        required=False, help_text="By the key of the question. A text, keys of choices, or rows of a table."
    )
    publish_as = one_of(PUBLISH_AS, required=False, help_text="What the public may see.")


class SendSerializer(Strict):
    """What a person does on the last page: says which text was checked, what may be public, and declares."""

    edition = Number(help_text="The edition that was checked.")
    publish_as = one_of(PUBLISH_AS, help_text="What the public may see: as it was chosen for the input.")
    declared = Yes(help_text="true: the declaration of /check/ is given.")
    sponsors = Words(required=False, default="", help_text="The mark from /check/, of a joint input.")


class WithdrawSerializer(Strict):
    reason = Words(required=False, default="", help_text="Why; read by the Network.")


class KeepAnswerSerializer(Strict):
    answer = Words(help_text="To the question of the desk, at most 10,000 signs.")


class DeskAnswerSerializer(KeepAnswerSerializer):
    edition = Number(help_text="Of the answer as it was read: the ETag of the question.")


class BeginUploadSerializer(Strict):
    name = Words(help_text="With its extension.")
    size = Number(help_text="In bytes.", min_value=0, max_value=2**53 - 1)
    mark = Words(required=False, default="", max_length=64, help_text="Of your own: another mark begins anew.")


class DescribeSerializer(Strict):
    language = one_of(["", *SIX_LANGUAGES])
    translates = Words(required=False, default="", help_text="Id of the original; empty: it is one.")
    translation = one_of(["", *Attachment.Translation.values], required=False, default="")
    public = Yes(
        required=False, default=None, allow_null=True, help_text="Published with the text; else for the Network only."
    )
