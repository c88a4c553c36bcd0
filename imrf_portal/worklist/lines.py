"""What the work list is made of: parts of lines, each line leading to the list that it counts."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode


@dataclass(frozen=True)
class Line:
    """How many of something wait, the oldest since when, and where they are listed."""

    label: str
    count: int
    url: str = ""
    since: datetime | None = None
    late: bool = False
    note: str = ""


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
