"""The person whose rows are looked for: an account, or an address that never had one; every address and name they had."""

import re
import secrets
from dataclasses import dataclass, field
from functools import reduce
from html import escape
from operator import or_

from django.apps import apps
from django.db.models import Case, EmailField, F, Q, Value, When

NOTHING = Q(pk__in=[])
GONE = "[erased]"  # what stands where the person was named in other people's words
IN_ADDRESS = (r"(?<![\w.+-])", r"(?![\w-]|\.\w)")  # what must not stand around an address, or it is another one
SHORTEST = 4  # letters of a name that is looked for in running text


@dataclass(frozen=True)
class Who:
    """`user` is None for somebody who never had an account; `mark` stands in what takes the place of an address."""

    user: object
    addresses: frozenset
    names: frozenset = frozenset()
    organisations: frozenset = frozenset()  # keys of those they act or acted for, or were registered by
    mark: str = field(default_factory=lambda: secrets.token_hex(6))

    # Rows ---------------------------------------------------------------------------------------------------------------

    def did(self, *columns) -> Q:
        """Rows in which one of these columns points to the account."""
        return reduce(or_, (Q(**{column: self.user}) for column in columns)) if self.user else NOTHING

    def at(self, column) -> Q:
        """Rows whose column holds one of the addresses, in small or capital letters."""
        return reduce(or_, (Q(**{f"{column}__iexact": each}) for each in sorted(self.addresses)), NOTHING)

    def named(self, column) -> Q:
        """Rows whose column holds exactly one of the names."""
        return reduce(or_, (Q(**{f"{column}__iexact": each}) for each in sorted(self.names)), NOTHING)

    def mentioned(self, columns, words) -> Q:
        """Rows in whose running text one of the words may stand; `without` decides sign by sign."""
        found = NOTHING
        for spelt in {each for word in words for each in (word, escape(word))}:
            found = reduce(or_, (Q(**{f"{column}__icontains": spelt}) for column in columns), found)
        return found

    # Words --------------------------------------------------------------------------------------------------------------

    @property
    def neutral(self) -> str:
        """What stands where the account's address must stand."""
        return f"erased-{self.mark}@erased.invalid"

    def neutral_of(self, address) -> str:
        """A different one for each address, so that rows which may exist once for an address stay apart."""
        own = self.user.email.lower() if self.user else ""
        place = sorted(self.addresses, key=lambda each: (each != own, each)).index(address)
        return f"erased-{self.mark}-{place}@erased.invalid" if place else self.neutral

    def neutralised(self, column):
        """The column with each of the addresses put aside, for an update."""
        known = (When(**{f"{column}__iexact": each, "then": Value(self.neutral_of(each))}) for each in self.addresses)
        return Case(*known, default=F(column), output_field=EmailField())

    @property
    def full_names(self) -> list:
        """What is looked for where people typed: a name of one word may be any word ("Hope")."""
        return [each for each in self.all_names if " " in each]

    @property
    def all_names(self) -> list:
        """What is looked for where the portal itself wrote a name, the longest first."""
        return sorted((each for each in self.names if len(each) >= SHORTEST), key=lambda word: (-len(word), word))

    def without(self, text, words) -> str:
        """The text with each of the words put aside where it stands whole; the same text where there is none."""
        for word in words:
            is_address = word in self.addresses
            before, after, put = (*IN_ADDRESS, self.neutral_of(word)) if is_address else (r"(?<!\w)", r"(?!\w)", GONE)
            flags = re.IGNORECASE if is_address or " " in word else 0
            for spelt in (escape(word), word):
                text = re.sub(before + re.escape(spelt) + after, put, text, flags=flags)
        return text


def who_is(user) -> Who:
    """The person with every address they have or had that is nobody else's today."""
    had = {email.lower() for email in user.history.values_list("email", flat=True) if email}
    known = {user.email.lower(), *had, *(each.lower() for each in user.emailaddress_set.values_list("email", flat=True))}
    addresses = frozenset(each for each in known if each == user.email.lower() or not _is_others(each, user))
    acted = set(user.memberships.values_list("organisation_id", flat=True))
    names, registered_by = _as_registered(addresses)
    own = {user.name.strip()} - {""}
    return Who(user, addresses, frozenset(names | own), frozenset(acted | registered_by), str(user.pk))


def who_was(address) -> Who:
    """Somebody without an account: registered by an organisation, invited, or following the calendar."""
    addresses = frozenset({address.strip().lower()})
    names, organisations = _as_registered(addresses)
    return Who(None, addresses, frozenset(names), frozenset(organisations))


def _is_others(address, user) -> bool:
    others = type(user).objects.exclude(pk=user.pk).filter(email__iexact=address)
    confirmed = apps.get_model("account.EmailAddress").objects.exclude(user=user).filter(email__iexact=address)
    return others.exists() or confirmed.exists()


def _as_registered(addresses):
    """Under which names these addresses were registered, and by which organisations."""
    rows = apps.get_model("accreditation.Registration").objects.filter(Who(None, addresses).at("email"))
    found = list(rows.values_list("name", "accreditation__organisation"))
    return {name.strip() for name, _organisation in found if name.strip() != GONE}, {key for _name, key in found}
