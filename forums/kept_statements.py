"""Statements of pages that are asked over and over: written in SQL once for each process, asked again with other values.

Writing one takes Python longer than PostgreSQL takes to answer it. What is asked is still said by a queryset and nowhere
else: it is made once with marks in place of values, and where a mark stands in its SQL the value of each question goes.
"""

import copy
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import connections
from django.utils.translation import get_language

MARKS = {  # nothing that a queryset says by itself
    datetime: lambda number: datetime(1903, 1, 1, tzinfo=UTC) + timedelta(microseconds=number),
    str: lambda number: f"the value number {number} of a statement that is kept",
    int: lambda number: 31_000 + number,  # small enough for every column of numbers
    UUID: lambda number: UUID(int=1903 << 64 | number),
}


class KeptStatement:
    """`queryset(**values)` makes it; values are moments, texts, numbers, keys, or lists whose length is their shape."""

    def __init__(self, queryset):
        self.queryset, self.written = queryset, {}

    def rows(self, **values) -> list:
        """What `list(queryset(**values))` is."""
        key = (get_language(), *((name, _shape(value)) for name, value in values.items()))
        if (written := self.written.get(key)) is None:
            written = self.written[key] = _Written(self.queryset, values)
        return written.rows(values)


class _Written:
    def __init__(self, make, values):
        marks = {}  # mark -> name of the value, and which of a list
        marked = {name: _marked(name, value, marks) for name, value in values.items()}
        self.queryset = make(**marked)
        self.compiler = self.queryset.query.get_compiler(self.queryset.db)
        self.sql, params = self.compiler.as_sql()
        self.converters = self.compiler.get_converters([column for column, _sql, _alias in self.compiler.select])
        self.places = [(param, marks.get(param) if type(param) in MARKS else None) for param in params]
        if missing := set(marks.values()) - {place for _param, place in self.places}:
            raise ValueError(f"A queryset says these values otherwise than they were given: {missing}")

    def rows(self, values):
        params = tuple(param if place is None else _value(values, place) for param, place in self.places)
        rows = self.queryset.all()
        rows.query.get_compiler = partial(self._compiler, params)
        return list(rows)

    def _compiler(self, params, using):
        """The compiler as it was after writing, for the connection of this thread."""
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda: (self.sql, params)
        compiler.get_converters = lambda columns: self.converters
        return compiler


def _shape(value):
    return (type(value), len(value)) if isinstance(value, list) else type(value)


def _marked(name, value, marks):
    if isinstance(value, list):
        return [_mark(each, (name, place), marks) for place, each in enumerate(value)]
    return _mark(value, (name, None), marks)


def _mark(value, place, marks):
    mark = MARKS[type(value)](len(marks))
    marks[mark] = place
    return mark


def _value(values, place):
    name, number = place
    return values[name] if number is None else values[name][number]
