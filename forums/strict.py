"""What programs send, taken strictly: JSON without control characters, the types that were asked for, no unknown names."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser, JSONParser

from forums.typed import without_control

DEEPEST = 6


class Unprocessable(APIException):
    """The words were understood, but what they say cannot be stored; `errors` names each field."""

    status_code = 422
    default_code = "unprocessable"

    def __init__(self, errors, sentence=""):
        super().__init__(sentence or _("Something that was sent cannot be taken. Nothing was changed."))
        self.errors = errors


class CleanJSON(JSONParser):
    """As a form of a page takes text: what cannot be stored is taken out, nothing is cut."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            return _cleaned(super().parse(stream, media_type, parser_context))
        except RecursionError as why:
            raise ParseError(_("The JSON is nested too deeply.")) from why


def _cleaned(sent, depth=0):
    if depth > DEEPEST:
        raise ParseError(_("The JSON is nested too deeply."))
    if isinstance(sent, str):
        return without_control(sent)
    if isinstance(sent, list):
        return [_cleaned(one, depth + 1) for one in sent]
    if isinstance(sent, dict):
        return {without_control(name): _cleaned(one, depth + 1) for name, one in sent.items()}
    return sent


class Bytes(BaseParser):
    """A piece of a file, as it is."""

    media_type = "application/octet-stream"

    def parse(self, stream, media_type=None, parser_context=None):
        return stream.read()


class Strict(serializers.Serializer):
    """Refuses names that it does not know, so that a slip of the pen is no silent loss."""

    def to_internal_value(self, sent):
        if isinstance(sent, dict) and (unknown := sorted(set(sent) - set(self.fields))):
            sentence = _("There is no such field here. Known: %(known)s.") % {"known": ", ".join(self.fields)}
            raise serializers.ValidationError({name[:80]: [sentence] for name in unknown})
        return super().to_internal_value(sent)


class Words(serializers.CharField):
    """Text and nothing else; a number is no text. White space is the form's matter."""

    def __init__(self, **options):
        super().__init__(**{"trim_whitespace": False, "allow_blank": True, **options})

    def to_internal_value(self, sent):
        if not isinstance(sent, str):
            self.fail("invalid")
        return super().to_internal_value(sent)


class Number(serializers.IntegerField):
    """A whole number, not its digits."""

    def to_internal_value(self, sent):
        if isinstance(sent, bool) or not isinstance(sent, int):
            self.fail("invalid")
        return super().to_internal_value(sent)


class Yes(serializers.BooleanField):
    """true or false, not the words for them."""

    def to_internal_value(self, sent):
        if not isinstance(sent, bool):
            self.fail("invalid", input=str(sent)[:80])
        return sent
