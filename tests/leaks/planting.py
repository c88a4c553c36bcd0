"""A word of its own in every column that can hold text, found by looking through the models: a new column gets one unasked.

The words are written past the code, with triggers asleep, so that no rule of the portal can keep them out; rows are made for
tables that have none. What is public by design stands in `shown.py`, with the rows in which it is not.
"""

import json
import re
import uuid
from datetime import date, time, timedelta

from django.apps import apps
from django.contrib.postgres.fields import ArrayField, HStoreField
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.db.models.fields.files import FileField
from django.utils.timezone import now

WORD = re.compile(r"zqx(\d{4})qz", re.I)
LENGTH = len("zqx0000qz")
ONLY_CODES = ("pgh_label",)  # which trigger wrote a row of history: a word of the code


def inventory() -> dict:
    """Table and column -> field, of everything in the database that can hold words or bytes."""
    every = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]
    return {
        f"{model._meta.label}.{field.name}": field
        for model in every
        for field in model._meta.local_concrete_fields
        if can_hold_a_word(field)
    }


def can_hold_a_word(field) -> bool:
    if isinstance(field, ArrayField):
        return can_hold_a_word(field.base_field)
    kinds = models.CharField | models.TextField | models.JSONField | models.BinaryField | FileField | HStoreField
    if not isinstance(field, kinds) or field.choices or field.name in ONLY_CODES or field.is_relation:
        return False
    return field.max_length is None or field.max_length >= LENGTH + 1


class Planted:
    """Which word stands in which column, and where none could be put."""

    def __init__(self):
        self.columns, self.bare = {}, []

    def plant(self, shown):
        """A word in every row of every column, but in rows in which it is public; `shown` as shown.PUBLIC has it."""
        with asleep():
            fill_empty_tables()
            for number, (column, field) in enumerate(sorted(inventory().items()), start=1):
                rows = private_rows(field, shown.get(column, ALL))
                if rows is None:
                    continue
                word = f"zqx{number:04}qz"
                self.columns[word] = column
                if not _plant(field, rows, word):
                    self.bare.append(column)
        return self

    def found_in(self, text) -> set:
        """Columns whose words stand in a text."""
        return {self.columns.get(f"zqx{number}qz", "?") for number in WORD.findall(text)}


ALL = object()  # a column that is public in no row


def private_rows(field, rule):
    """The rows in which this column is not public; None where it is public in all of them."""
    rows = field.model._base_manager.all()
    if rule is ALL:
        return rows
    return None if rule is None else rule(rows)


class asleep:
    """Triggers and foreign keys sleep, as for a backup that is read back; what is done stays in the transaction."""

    def __enter__(self):
        self.run = transaction.atomic()
        self.run.__enter__()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")

    def __exit__(self, *why):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = origin")
        self.run.__exit__(*why)


# One column ------------------------------------------------------------------------------------------------------------


def _plant(field, rows, word) -> int:
    keys = list(rows.order_by().values_list("pk", flat=True))
    table, column = (connection.ops.quote_name(name) for name in (field.model._meta.db_table, field.column))
    key = connection.ops.quote_name(field.model._meta.pk.column)
    written = 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, {column} FROM {table}")
        had = {row[0]: row[1] for row in cursor.fetchall()}
        for pk in keys:
            with transaction.atomic():
                value, cast = worded(field, _plain(field, had[pk]), word)
                cursor.execute(f"UPDATE {table} SET {column} = %s{cast} WHERE {key} = %s", [value, pk])
                written += cursor.rowcount
    return written


def _plain(field, value):
    """PostgreSQL's JSON comes as text where Django asks for it."""
    return json.loads(value) if isinstance(field, models.JSONField) and isinstance(value, str) else value


def worded(field, value, word):
    """The value with the word in it, and how PostgreSQL is told its type."""
    if isinstance(field, models.JSONField):
        return json.dumps(in_json(value, word)), "::jsonb"
    if isinstance(field, ArrayField):
        return [*(value or []), word], f"::{field.db_type(connection)}"
    if isinstance(field, models.BinaryField):
        return bytes(value or b"") + word.encode(), ""
    if isinstance(field, FileField):
        name = f"planted/{word}.txt"
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(word.encode()))
        return name, ""
    return at_the_end(field, value or "", word), ""


def at_the_end(field, value, word):
    """Names and texts get it as a word of their own, addresses and codes as their end."""
    apart = "" if isinstance(field, models.SlugField | models.EmailField | models.URLField) or " " not in value else " "
    if field.max_length:
        value = value[: field.max_length - len(word) - len(apart)]
    return f"{value}{apart}{word}"


def in_json(value, word):
    """The word at the end of every text in it; in what holds none, as one of its values."""
    if isinstance(value, str):
        return f"{value} {word}"
    if isinstance(value, dict):
        return {**{name: in_json(each, word) for name, each in value.items()}, "planted": word}
    if isinstance(value, list):
        return [*(in_json(each, word) for each in value), *([] if value else [word])]
    return value if value is not None else word


# Tables without a row ----------------------------------------------------------------------------------------------------


def fill_empty_tables():
    """One row in each table that has none, with whatever its columns take."""
    for model in sorted({field.model for field in inventory().values()}, key=lambda one: one._meta.label):
        if not model._base_manager.exists():
            with transaction.atomic():
                _make_row(model)


def _make_row(model):
    values = {field.column: some(field) for field in model._meta.local_concrete_fields if not is_made_by_itself(field)}
    names = ", ".join(connection.ops.quote_name(name) for name in values)
    marks = ", ".join(["%s"] * len(values))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))


def is_made_by_itself(field) -> bool:
    return isinstance(field, models.AutoField) or getattr(field, "generated", False)


def some(field):
    """A value that this column takes; of the table that it points to any row."""
    if field.is_relation:
        key = field.related_model._base_manager.order_by("pk").values_list(field.target_field.name, flat=True).first()
        return None if field.null and field.model is field.related_model else key
    if field.null:
        return None
    if field.has_default() and not isinstance(field, models.JSONField | ArrayField):
        return field.get_db_prep_save(field.get_default(), connection)
    if field.choices:
        return field.flatchoices[0][0]
    return next(make(field) for kind, make in SOME.items() if isinstance(field, kind))


SOME = {
    models.JSONField: lambda field: json.dumps([]),
    ArrayField: lambda field: [],
    models.UUIDField: lambda field: str(uuid.uuid4()),
    models.BooleanField: lambda field: False,
    models.DateTimeField: lambda field: now(),
    models.DateField: lambda field: date(2026, 1, 20),
    models.TimeField: lambda field: time(12),
    models.DurationField: lambda field: timedelta(0),
    models.IntegerField: lambda field: 1,
    models.BinaryField: lambda field: b"",
    models.Field: lambda field: "",
}
