"""What needs a second person: acts register themselves, each with the permission that whoever agrees has to hold."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

RUNS_OUT_AFTER = timedelta(days=14)


def anybody(user) -> Q:
    """Nothing about it is hidden from those who may see requests at all."""
    return Q()


def leaves_nothing(args, at):
    """Nothing waits for the answer."""


@dataclass(frozen=True)
class Act:
    """`mark` says of what the asker saw whether it is still so; `carry_out` does it, raising Refused as it would alone."""

    code: str
    name: str
    permission: str
    words: Callable  # (args) -> pairs of label and value, in the reader's language
    mark: Callable  # (args) -> str
    carry_out: Callable  # (args, asked_by, by, at)
    narrow: Callable = anybody  # (user) -> Q of the requests that this person may know of
    drop: Callable = leaves_nothing  # (args, at): it will not be carried out
    page: Callable = lambda args: ""  # address of what it is about


_acts: dict[str, Act] = {}


def register(*acts: Act):
    _acts.update({act.code: act for act in acts})


def act_of(code) -> Act | None:
    return _acts.get(code)


def all_acts() -> list[Act]:
    return list(_acts.values())


def seen_by(user) -> Q:
    """The requests that this person may know of."""
    found = Q(pk__in=[])
    for act in all_acts():
        found |= Q(act=act.code) & act.narrow(user)
    return found
