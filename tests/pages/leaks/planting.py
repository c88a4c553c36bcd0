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
from django.db import IntegrityError, connection, models, transaction
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
    if not isinstance(field, kinds) or field.choices or field.name in ONLY_CODES or field.is_relation or field.primary_key:
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


CHECKS = """
SELECT conrelid::regclass::text, conname FROM pg_constraint
WHERE contype = 'c' AND connamespace = 'public'::regnamespace
"""


class asleep:
    """Triggers and foreign keys sleep and checks are gone; what is done stays in the transaction of the test."""

    def __enter__(self):
        self.run = transaction.atomic()
        self.run.__enter__()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(CHECKS)
            for table, name in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')

    def __exit__(self, *why):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = origin")
        self.run.__exit__(*why)


# One column ------------------------------------------------------------------------------------------------------------


def _plant(field, rows, word) -> int:
    """How many rows have the word now."""
    keys = list(rows.order_by().values_list("pk", flat=True))
    names = (field.model._meta.db_table, field.column, field.model._meta.pk.column)
    table, column, key = map(connection.ops.quote_name, names)
    if not keys:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        if isinstance(field, models.JSONField):
            cursor.execute(f"SELECT {key}::text, {column}::text FROM {table} WHERE {key} = ANY(%s)", [keys])
            there = [(pk, json.dumps(in_json(json.loads(value or "null"), word))) for pk, value in cursor.fetchall()]
            worded = "unnest(%s::text[], %s::text[]) AS new (key, value)"
            change = f"UPDATE {table} SET {column} = new.value::jsonb FROM {worded} WHERE {table}.{key}::text = new.key"
            cursor.execute(change, [list(column) for column in zip(*there, strict=True)])
        else:
            change = f"UPDATE {table} SET {column} = {at_the_end(field, column, word)} WHERE {key} = ANY(%s)"
            try:
                with transaction.atomic():
                    cursor.execute(change, [keys])
            except IntegrityError:  # no two rows may have the same
                cursor.execute(change, [keys[:1]])
    return len(keys)


def at_the_end(field, column, word):
    """Names and texts get it as a word of their own, addresses and codes as their end; a file is another one."""
    if isinstance(field, ArrayField):
        return f"array_append({column}, '{word}')"
    if isinstance(field, models.BinaryField):
        return f"coalesce({column}, '') || '{word}'::bytea"
    if isinstance(field, FileField):
        return f"'{lying(word)}'"
    room = f"left({column}, {field.max_length - LENGTH - 1})" if field.max_length else column
    return f"coalesce({room} || CASE WHEN {column} LIKE '%% %%' THEN ' ' ELSE '' END, '') || '{word}'"


def lying(word):
    """The name of a file that holds the word."""
    name = f"planted/{word}.txt"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(word.encode()))


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
        return None if field.null and field.model is field.related_model else key_of_any(field)
    if field.null:
        return None
    if field.has_default():
        default = field.get_default()
        return json.dumps(default) if isinstance(field, models.JSONField) else field.get_db_prep_save(default, connection)
    if field.choices:
        return field.flatchoices[0][0]
    return next(make(field) for kind, make in SOME.items() if isinstance(field, kind))


def key_of_any(field):
    """Of two columns that point to one table each names another row, where there are two."""
    alike = [each for each in field.model._meta.local_concrete_fields if each.related_model is field.related_model]
    keys = field.related_model._base_manager.order_by("pk").values_list(field.target_field.name, flat=True)
    if not keys.exists():
        _make_row(field.related_model)
    there = list(keys[: len(alike)])
    return there[alike.index(field) % len(there)]


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
    models.FloatField: lambda field: 0.0,
    models.DecimalField: lambda field: 0,
    models.BinaryField: lambda field: b"",
    models.Field: lambda field: "",
}
