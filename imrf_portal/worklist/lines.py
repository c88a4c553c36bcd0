"""What the work list is made of: parts of lines, each line leading to the list that it counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, DateTimeField, IntegerField, Min, Value
from django.urls import reverse
from django.utils.http import urlencode

TOGETHER = 'SELECT * FROM ({}) "lines"'


@dataclass(frozen=True)
class Line:
    """How many of something wait, the oldest since when, and where they are listed."""

    label: str
    count: int
    url: str = ""
    since: datetime | None = None
    late: bool = False
    note: str = ""
    due: datetime | None = None  # of the oldest


@dataclass(frozen=True)
class Waiting:
    """A line that is still to be counted: what waits for `(user, at)`, and the column that says since when."""

    label: str
    rows: Callable
    url: str
    since: str = ""
    late: bool = False


@dataclass(frozen=True)
class Part:
    """Lines that belong together; `page`, where they lead to one: its name and address."""

    title: str
    lines: list
    page: tuple = ()


def link(model, **chosen):
    """The changelist of a room with these filters."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{address}?{urlencode(chosen)}" if chosen else address


def counted(parts, asking) -> list:
    """The same parts with every line counted, in one statement for all that wait, however many lines there are."""
    waiting = [line for part in parts for line in part.lines if isinstance(line, Waiting)]
    rows = asking.rows("lines", lambda user, at: _counts(waiting, user, at)) if waiting else []
    found = {number: row for number, *row in rows}
    lines = {}
    for number, line in enumerate(waiting):
        count, since = found.get(number, (0, None))
        lines[id(line)] = Line(line.label, count, line.url, since, line.late)
    return [Part(part.title, [lines.get(id(line), line) for line in part.lines], part.page) for part in parts]


def _counts(waiting, user, at) -> tuple:
    """SQL for rows of number, how many, oldest: one SELECT a line, sent together."""
    nothing = Value(None, output_field=DateTimeField())
    selects = []
    for number, line in enumerate(waiting):
        rows = line.rows(user, at).order_by().annotate(of_line=Value(number, output_field=IntegerField())).values("of_line")
        oldest = Min(line.since) if line.since else nothing
        selects.append(rows.annotate(how_many=Count("pk"), oldest=oldest).values_list("of_line", "how_many", "oldest"))
    together, params = selects[0].union(*selects[1:], all=True).query.sql_with_params()
    return TOGETHER.format(together), params
