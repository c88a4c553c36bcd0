"""A part of what is kept about people: one table, whose rows are whose, how they are shown, what erasure does to them.

Every column that can hold words about a person, or points to one, has its fate here; a test walks all tables and refuses one
that was forgotten. Upper floors register their own tables.
"""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

import pgtrigger
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

PARTS = {}
IMPERSONAL = {}
STANDING = []  # (organisation, at) -> whether it has something for which somebody must answer

# Why a column stays as it is.
POINTS = _("It says who did it. The row it points to has neither name nor address any more.")
RECORD = _("It belongs to the record of what was decided, done or published.")
ORGANISATION = _("It is what an organisation says or shows, not a person.")
CODE = _("It is a code, a count or a state, not words about anybody.")
OFFICE = _("It names an office, or who held it in public.")
IN_TIME = _("It goes by itself after its term.")


@dataclass(frozen=True)
class Part:
    """One table. `of` finds the person's rows, `shown` are the columns of the archive.

    Erasure deletes the rows (`deleted`), or puts neutral words into the columns of `replaced`, and leaves those of `kept`,
    each for its reason. From `words`, which anybody may have typed, and `machine_words`, which the portal wrote, their
    addresses are put aside in all rows, and their names in those that `near` finds. `only` narrows which rows erasure
    touches; `act` is for what no table of columns can say.
    """

    label: str
    of: Callable
    shown: tuple = ()
    deleted: bool = False
    replaced: dict = field(default_factory=dict)  # column -> words, or (who) -> words or expression
    kept: dict = field(default_factory=dict)  # column -> reason
    words: tuple = ()
    machine_words: tuple = ()
    near: Callable | None = None  # (who) -> rows about them or their organisations
    only: Callable | None = None
    act: Callable | None = None  # (who, rows, by=, at=) -> how many rows it changed
    more: Callable = lambda who, row: {}  # what the archive shows of a row beside `shown`
    files: Callable = lambda who, rows: ()  # pairs of name and stored file, for the archive
    append_only: bool = False
    secret: tuple = ()  # columns that no archive shows

    @property
    def model(self):
        return apps.get_model(self.label)

    @property
    def name(self) -> str:
        """Its rows as the desk calls them; earlier states of a row as those of what they were states of."""
        tracked = getattr(self.model, "pgh_tracked_model", None)
        called = capfirst(str((tracked or self.model)._meta.verbose_name_plural))
        return gettext("%(what)s, earlier states") % {"what": called} if tracked else called

    def rows(self, who):
        return self.model._base_manager.filter(self.of(who)).order_by("pk")

    def touched(self, who):
        """The rows that erasure deletes or strips."""
        rows = self.rows(who)
        return rows.filter(self.only(who)) if self.only else rows

    def searches(self, who):
        """Where the person may be named in running text, as triples: condition, columns, words.

        An address is looked for in every row. A name is what somebody chose to be called, so it is looked for only near the
        person: nobody takes words out of other people's records by calling themselves so.
        """
        every = (*self.words, *self.machine_words)
        yield who.mentioned(every, sorted(who.addresses)), every, sorted(who.addresses)
        if self.near:
            for columns, names in ((self.words, who.full_names), (self.machine_words, who.all_names)):
                yield self.near(who) & who.mentioned(columns, names), columns, names

    def naming(self, who):
        """Rows in whose words the person may be named, whoever wrote them."""
        found = reduce(or_, (condition for condition, _columns, _words in self.searches(who)))
        return self.model._base_manager.filter(found).order_by("pk")

    def covers(self, column) -> bool:
        """Whether the fate of a column is written down; one in several languages has the fate of the first."""
        known = {*self.replaced, *self.kept, *self.secret, *self.words, *self.machine_words}
        return self.deleted or column in known or any(column.startswith(f"{each}_") for each in known)

    @property
    def words_searched(self) -> bool:
        return bool(self.words or self.machine_words)


def register(*parts):
    """Add tables; a table registered twice is there once."""
    PARTS.update({part.label: part for part in parts})


def register_impersonal(reason, *labels):
    """Tables that hold nothing about a person: none of their columns points to one or is an address."""
    IMPERSONAL.update(dict.fromkeys(labels, reason))


def register_standing(question):
    """Add a question that keeps the last focal point: (organisation, at) -> whether something stands."""
    if question not in STANDING:
        STANDING.append(question)


def points(*columns) -> dict:
    """The columns that say who did something."""
    return dict.fromkeys(columns, POINTS)


def stays(reason, *columns) -> dict:
    return dict.fromkeys(columns, reason)


def by_any(*columns):
    """Rows in which one of these columns points to the person."""
    return lambda who: who.did(*columns)


def of_theirs(*columns):
    """Rows of the organisations to which the person belongs or belonged."""
    return lambda who: reduce(or_, (Q(**{f"{column}__in": who.organisations}) for column in columns))


def at_any(*columns):
    """Rows in which one of these columns holds an address of the person."""
    return lambda who: reduce(or_, (who.at(column) for column in columns))


def neutral(column):
    """What is put into a column of addresses."""
    return {column: lambda who: who.neutralised(column)}


def append_only_triggers() -> list:
    """The triggers that keep histories of tables with people as they were."""
    return [f"{part.label}:append_only" for part in PARTS.values() if part.append_only]


@contextmanager
def passing_histories():
    """One transaction in which histories let words of people be put aside: for an erasure and the purge, nothing else."""
    with pgtrigger.ignore(*append_only_triggers()), transaction.atomic():
        _let_words_go("on")
        yield
        _let_words_go("")


def _let_words_go(state):
    """Tell the triggers of the audit, until the transaction ends: words may go, and none is copied."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.erasing', %s, true)", [state])
