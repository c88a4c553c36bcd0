"""A part of what is kept about people: one table, whose rows are whose, how they are shown, what erasure does to them.

Every column that can hold words about a person, or points to one, has its fate here; a test walks all tables and refuses one
that was forgotten. Upper floors register their own tables.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Q
from django.utils.text import capfirst
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
class Who:
    """The person whose rows are looked for: the account, every address it has or had, the name."""

    user: object
    addresses: frozenset
    name: str

    @property
    def neutral(self) -> str:
        """What stands where an address must stand."""
        return f"erased-{self.user.pk}@erased.invalid"

    def at(self, column) -> Q:
        """Rows whose column holds one of the addresses, in small or capital letters."""
        return reduce(or_, (Q(**{f"{column}__iexact": each}) for each in sorted(self.addresses)), Q(pk__in=[]))

    def named(self, column) -> Q:
        """Rows whose column holds exactly the name."""
        return Q(**{f"{column}__iexact": self.name}) if self.name else Q(pk__in=[])

    def in_words(self, *columns) -> Q:
        """Rows in whose words an address, or a name long enough to be one, occurs."""
        found = Q(pk__in=[])
        for column in columns:
            for word in self.words:
                found |= Q(**{f"{column}__icontains": word})
        return found

    @property
    def words(self) -> list:
        """What is looked for in running text, the longest first."""
        known = [*self.addresses, *([self.name] if len(self.name) > 3 else [])]
        return sorted(known, key=len, reverse=True)


@dataclass(frozen=True)
class Part:
    """One table. `of` finds the person's rows, `shown` are the columns of the archive.

    Erasure deletes the rows (`deleted`), or puts neutral words into the columns of `replaced`, and leaves those of `kept`,
    each for its reason. `only` narrows which of the rows erasure touches; `act` is for what no table of columns can say.
    """

    label: str
    of: Callable
    shown: tuple = ()
    deleted: bool = False
    replaced: dict = field(default_factory=dict)  # column -> words, or (who) -> words
    kept: dict = field(default_factory=dict)  # column -> reason
    only: Callable | None = None
    act: Callable | None = None  # (who, rows, by=, at=) -> how many rows it changed
    files: Callable = lambda rows: ()  # (rows) -> pairs of name and stored file, for the archive
    append_only: bool = False
    secret: tuple = ()  # columns that no archive shows

    @property
    def model(self):
        return apps.get_model(self.label)

    @property
    def name(self) -> str:
        return capfirst(str(self.model._meta.verbose_name_plural))

    def rows(self, who):
        return self.model._default_manager.filter(self.of(who)).order_by("pk")

    def covers(self, column) -> bool:
        """Whether the fate of a column is written down; one in several languages has the fate of the first."""
        known = {*self.replaced, *self.kept, *self.secret}
        return self.deleted or column in known or any(column.startswith(f"{each}_") for each in known)

    def fate_of(self, column):
        """What erasure does to it, as a word and a reason."""
        if self.deleted:
            return "erased", ""
        if column in self.replaced:
            return "replaced", ""
        return "kept", self.kept.get(column, CODE)

    def touched(self, who):
        """The rows that erasure deletes or strips."""
        rows = self.rows(who)
        return rows.filter(self.only(who)) if self.only else rows

    def erase(self, who, *, by, at) -> int:
        """Do to the rows what is written down; returns how many rows changed."""
        done = self.act(who, self.rows(who), by=by, at=at) if self.act else 0
        if self.deleted:
            gone, _each = self.touched(who).delete()
            return done + gone
        if not self.replaced:
            return done
        words = {column: value(who) if callable(value) else value for column, value in self.replaced.items()}
        return done + self.model._default_manager.filter(pk__in=list(self.touched(who).values_list("pk", flat=True))).update(
            **words
        )


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


def points(*columns, **shown):
    """The columns that say who did something."""
    return dict.fromkeys(columns, POINTS)


def by_any(*columns):
    """Rows in which one of these columns points to the person."""
    return lambda who: reduce(or_, (Q(**{column: who.user}) for column in columns))


def append_only_triggers() -> list:
    """The triggers that keep histories as they were; an erasure may pass them, nothing else."""
    return [f"{part.label}:append_only" for part in PARTS.values() if part.append_only]


def who_is(user) -> Who:
    """The person with every address they have or had that is nobody else's today."""
    had = {row.email.lower() for row in user.history.all() if row.email} if user.pk else set()
    confirmed = {email.lower() for email in user.emailaddress_set.values_list("email", flat=True)}
    known = {user.email.lower(), *confirmed, *had}
    model, others = type(user), set()
    for address in known - {user.email.lower()}:
        taken = model.objects.exclude(pk=user.pk).filter(email__iexact=address).exists()
        elsewhere = apps.get_model("account.EmailAddress").objects.exclude(user=user).filter(email__iexact=address)
        if taken or elsewhere.exists():
            others.add(address)
    return Who(user, frozenset(known - others), user.name.strip())
