"""Rows of a list as its serializer writes them, by one function made once from the fields that it declares.

A serializer asks each of its fields anew for each row; a page of fifty spends a third of its time so. What is written is
the same (tests/submissions/test_written_rows.py), the description of the API is still made from the serializer, and only
the columns that are shown are read.
"""

from functools import lru_cache
from operator import attrgetter

from django.utils.timezone import get_current_timezone
from rest_framework import serializers

AS_IT_STANDS = (serializers.CharField, serializers.IntegerField, serializers.BooleanField)  # columns are of these already
DIFFERENT_QUESTIONS = 64


class Writer:
    """`columns` are what a row is read with; in `reads` its serializer says which of them its methods need."""

    def __init__(self, serializer):
        fields = {name: field for name, field in serializer.fields.items() if not field.write_only}
        self.names, reads = list(fields), getattr(serializer, "reads", {})
        self.inside = {name: Writer(field) for name, field in fields.items() if _is_part(field)}
        self.methods = {name: getattr(serializer, field.method_name) for name, field in fields.items() if _is_method(field)}
        self.moments = [name for name, field in fields.items() if type(field) is serializers.DateTimeField]
        own = {name: field for name, field in fields.items() if field.source != "*"}
        self.turned = {name: field.to_representation for name, field in own.items() if _has_to_be_turned(field)}
        paths = {name: field.source.replace(".", "__") for name, field in own.items()}
        needed = [
            *paths.values(),
            *(column for name in self.methods for column in reads[name]),
            *(column for writer in self.inside.values() for column in writer.columns),
        ]
        self.columns = tuple(dict.fromkeys(needed))
        places = [paths.get(name, needed[0]) for name in self.names]  # of the others any: what they say is put in its place
        self.values = attrgetter(*places, needed[0])  # one more: of a single one it would give no tuple

    def rows(self, rows) -> list:
        zone = get_current_timezone()
        return [self._row(row, zone) for row in rows]

    def _row(self, row, zone):
        written = dict(zip(self.names, self.values(row), strict=False))
        for name in self.moments:
            written[name] = _moment(written[name], zone)
        for name, turn in self.turned.items():
            if written[name] is not None:
                written[name] = turn(written[name])
        for name, method in self.methods.items():
            written[name] = method(row)
        for name, writer in self.inside.items():
            written[name] = writer._row(row, zone)
        return written


def _is_method(field) -> bool:
    return isinstance(field, serializers.SerializerMethodField)


def _is_part(field) -> bool:
    """Whether it groups columns of the same row under one name."""
    return isinstance(field, serializers.Serializer) and field.source == "*"


def _has_to_be_turned(field) -> bool:
    """Whether a column holds something else than is shown; lists and dictionaries of plain values are shown as they are."""
    if isinstance(field, serializers.ListField | serializers.DictField):
        field = field.child
    return type(field) not in (*AS_IT_STANDS, serializers.DateTimeField)


def _moment(value, zone):
    if value is None:
        return None
    text = value.astimezone(zone).isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


@lru_cache(maxsize=DIFFERENT_QUESTIONS)
def writer_of(serializer_class, keep_only, asked) -> Writer:
    """Of the fields that `asked` names, of all where it is empty; `keep_only(serializer, names)` refuses unknown ones."""
    serializer = serializer_class()
    if asked:
        keep_only(serializer, dict.fromkeys(asked.split(",")))
    return Writer(serializer)
