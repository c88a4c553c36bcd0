"""Statements of pages that are asked over and over: written in SQL once for each process, asked again with other values.

Writing one takes Python longer than PostgreSQL takes to answer it. What is asked is still said by a queryset and nowhere
else: it is made once with marks in place of values, and where a mark stands in its SQL the value of each question goes.
A long one can be `prepared` as well: PostgreSQL then reads and plans it once for each connection (forums/prepared.py).
"""

from datetime import UTC, datetime, timedelta
from functools import partial
from operator import itemgetter
from uuid import UUID

from django.db import connections
from django.db.models.query import FlatValuesListIterable, ModelIterable, get_related_populators
from django.db.transaction import TransactionManagementError
from django.utils.translation import get_language

from forums.prepared import Prepared

MARKS = {  # nothing that a queryset says by itself
    datetime: lambda number: datetime(1903, 1, 1, tzinfo=UTC) + timedelta(microseconds=number),
    str: lambda number: f"the value number {number} of a statement that is kept",
    int: lambda number: 31_000 + number,  # small enough for every column of numbers
    UUID: lambda number: UUID(int=0x1903 << 64 | number),
}


class KeptStatement:
    """`queryset(**values)` makes it; values are moments, texts, numbers, keys, and lists of them (as long as they are)."""

    def __init__(self, queryset, *, prepared=False):
        self.queryset, self.prepared, self.written = queryset, prepared, {}

    def rows(self, **values) -> list:
        """What `list(queryset(**values))` is."""
        key = (get_language(), *((name, _shape(value)) for name, value in values.items()))
        if (written := self.written.get(key)) is None:
            written = self.written[key] = _Written(self.queryset, values, prepared=self.prepared)
        return written.rows(values)

    def one(self, **values):
        """What `queryset(**values).get()` is, of a queryset that finds one row at most."""
        rows = self.rows(**values)
        if not rows:
            model = self.queryset(**values).model
            raise model.DoesNotExist(f"{model._meta.object_name} matching query does not exist.")
        return rows[0]


class _Written:
    def __init__(self, make, values, *, prepared):
        marks = {}  # mark -> name of the value, and which of a list
        marked = {name: _marked(name, value, marks) for name, value in values.items()}
        self.queryset = make(**marked)
        self.compiler = self.queryset.query.get_compiler(self.queryset.db)
        self.sql, params = self.compiler.as_sql()
        self.converters = self.compiler.get_converters([column for column, _sql, _alias in self.compiler.select])
        self.places = [(param, marks.get(param) if type(param) in MARKS else None) for param in params]
        if missing := set(marks.values()) - {place for _param, place in self.places}:
            raise ValueError(f"A queryset says these values otherwise than they were given: {missing}")
        self.prepared = Prepared(self.sql, [(param, place is None) for param, place in self.places]) if prepared else None
        self.made_of = _maker(self.queryset, self.compiler)

    def rows(self, values):
        params = tuple([param if place is None else _value(values, place) for param, place in self.places])
        asked = self.queryset
        if asked.query.select_for_update and connections[asked.db].get_autocommit():
            raise TransactionManagementError("What is held outside of a transaction is let go at once.")
        return self._made(params) if self.made_of else self._as_the_queryset(params)

    def _made(self, params) -> list:
        connection = connections[self.queryset.db]
        with connection.cursor() as cursor:
            if self.prepared:
                self.prepared.ask(connection, cursor, params)
            else:
                cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        if rows and self.converters:
            rows = self._compiler(params, self.queryset.db).apply_converters(rows, self.converters)
        return [self.made_of(row) for row in rows]

    def _as_the_queryset(self, params) -> list:
        rows, query = _again(self.queryset), _again(self.queryset.query)
        query.get_compiler = partial(self._compiler, params)
        rows._query = query  # by its own name: what is set as `query` is taken for another question
        return list(rows)

    def _compiler(self, params, using):
        """The compiler as it was after writing, for the connection of this thread."""
        compiler = _again(self.compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda: (self.sql, params)
        compiler.get_converters = lambda columns: self.converters
        return compiler


class _Objects:
    """How rows become objects: what Django finds out for each question anew, found out once."""

    def __init__(self, queryset, compiler):
        kind, self.db = compiler.klass_info, queryset.db
        self.model, columns = kind["model"], kind["select_fields"]
        self.own = slice(columns[0], columns[-1] + 1)
        self.names = [column[0].target.attname for column in compiler.select[self.own]]
        self.beside = get_related_populators(kind, compiler.select, self.db)
        self.annotations = list(compiler.annotation_col_map.items())

    def made_of(self, row):
        one = self.model.from_db(self.db, self.names, row[self.own])
        for populator in self.beside:
            populator.populate(row, one)
        for name, place in self.annotations:
            setattr(one, name, row[place])
        return one


def _maker(queryset, compiler):
    """What makes of a row what the queryset gives; None where it is done by the queryset itself."""
    if queryset._prefetch_related_lookups or queryset._known_related_objects:
        return None
    if queryset._iterable_class is ModelIterable:
        return _Objects(queryset, compiler).made_of
    return itemgetter(0) if queryset._iterable_class is FlatValuesListIterable else None


def _again(thing):
    """Another one that says the same. Cloning would copy each part as well, of which nothing is changed here."""
    other = object.__new__(type(thing))
    other.__dict__.update(vars(thing))
    return other


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
