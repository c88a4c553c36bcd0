"""A newer copy of a register beside what is kept: what is new, gone, changed, the same; which standings it touches. Pure."""

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from accreditation.names import fold

COLUMNS = ("name", "former_names", "acronym", "country", "status", "status_as_of", "network", "note", "source")
# These say where and when somebody read it, not what the list says: they are kept anew without being called a change.
QUIET = ("status_as_of", "note", "source")
UNNAMED = "the source does not name it"  # begins the note of a shipped institution that is known by its country alone


@dataclass(frozen=True)
class Change:
    """An entry that the copy describes otherwise: column -> what was, what it becomes."""

    entry: object
    row: object
    fields: dict

    @property
    def is_loud(self):
        return any(name not in QUIET for name in self.fields)

    def renamed(self) -> bool:
        """Whether it is called otherwise, not only spelt otherwise."""
        was, became = self.fields.get("name", ("", ""))
        return fold(was) != fold(became)


@dataclass(frozen=True)
class Touch:
    """A standing that rests on an entry which the copy no longer holds as it was."""

    standing: object
    what: str
    was: str
    became: str


@dataclass
class Difference:
    new: list = field(default_factory=list)
    gone: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    same: int = 0
    touched: list = field(default_factory=list)

    @property
    def counts(self) -> dict:
        loud = sum(change.is_loud for change in self.changed)
        return {
            "new": len(self.new),
            "gone": len(self.gone),
            "changed": loud,
            "same": self.same + len(self.changed) - loud,
            "touched": len(self.touched),
        }


def compare(copy, entries, standings=()) -> Difference:
    """Beside the entries of a register lay a copy of it; `standings` are those that name one of these entries."""
    entries = list(entries)
    found = _paired(copy, entries)
    difference = Difference()
    for row in copy.rows:
        entry = found.get(row.line)
        if entry is None:
            difference.new.append(row)
        elif fields := _fields(copy.columns, entry, row):
            difference.changed.append(Change(entry, row, fields))
        else:
            difference.same += 1
    kept = {entry.pk for entry in found.values()}
    difference.gone = [entry for entry in entries if entry.pk not in kept and entry.gone_on is None]
    difference.touched = _touches(difference, standings)
    return difference


def clashes(difference, entries) -> list:
    """Rows by which two entries would come to have the same name and country."""
    held = {entry.pk: (entry.name, entry.country_id) for entry in entries}
    for change in difference.changed:
        name, country = held[change.entry.pk]
        held[change.entry.pk] = (change.fields.get("name", ("", name))[1], change.fields.get("country", ("", country))[1])
    counted = Counter([*held.values(), *((row.name, row.country) for row in difference.new)])
    moved = [(change.row, held[change.entry.pk]) for change in difference.changed]
    added = [(row, (row.name, row.country)) for row in difference.new]
    return [row for row, key in (*moved, *added) if counted[key] > 1]


def fingerprint(entries) -> str:
    """What the register holds, in one mark: another mark, another register."""
    digest = hashlib.sha256()
    for entry in sorted(entries, key=lambda each: each.pk):
        said = (entry.pk, entry.gone_on and entry.gone_on.isoformat(), *(_value(entry, name) for name in COLUMNS))
        digest.update(repr(said).encode())
    return digest.hexdigest()


# Which row is which entry -------------------------------------------------------------------------------------------


def _paired(copy, entries) -> dict:
    """Line of the copy -> its entry: the same name and country first, then the same name, then a former name.

    What has no name in the register, only a country, is the one row of that country which nothing else took.
    """
    free, found = {entry.pk: entry for entry in entries}, {}
    rows = list(copy.rows)
    has_country = "country" in copy.columns
    for ways in (
        (lambda row: [row.key], lambda entry: [(fold(entry.name), entry.country_id)]),
        (lambda row: [fold(row.name)], lambda entry: [fold(entry.name)]),
        (lambda row: map(fold, row.former_names), lambda entry: [fold(entry.name)]),
        (lambda row: [fold(row.name)], lambda entry: map(fold, entry.former_names)),
        (lambda row: [row.country] if row.country else [], _country_of_unnamed),
    ):
        rows = _pair(rows, free, found, *ways, has_country)
    return found


def _country_of_unnamed(entry):
    return [entry.country_id] if entry.country_id and entry.note.startswith(UNNAMED) else []


def _pair(rows, free, found, keys_of_row, keys_of_entry, has_country):
    """Pair what has one key in common and nothing else beside it; returns the rows that are left."""
    held, asked = defaultdict(list), defaultdict(list)
    for entry in free.values():
        for key in set(keys_of_entry(entry)):
            held[key].append(entry)
    for row in rows:
        for key in set(keys_of_row(row)):
            asked[key].append(row)
    left = []
    for row in rows:
        fits = {
            entry.pk: entry
            for key in set(keys_of_row(row))
            if len(asked[key]) == 1
            for entry in _likely(held[key])
            if entry.pk in free and _same_place(row, entry, has_country)
        }
        if len(fits) == 1:
            (pk,) = fits
            found[row.line] = free.pop(pk)
        else:
            left.append(row)
    return left


def _likely(entries):
    """Of entries with one name those still on the list, if there are any."""
    return [entry for entry in entries if entry.gone_on is None] or entries


def _same_place(row, entry, has_country):
    return not has_country or row.country is None or entry.country_id is None or row.country == entry.country_id


# What changes --------------------------------------------------------------------------------------------------------


def _fields(columns, entry, row) -> dict:
    fields = {}
    for name in columns:
        was, becomes = _value(entry, name), _value_of_row(row, name)
        if name == "country" and becomes is None:
            continue  # a copy that leaves the country out does not take it away
        if was != becomes:
            fields[name] = (was, becomes)
    if entry.gone_on is not None:
        fields["gone_on"] = (entry.gone_on.isoformat(), "")
    return fields


def _value(entry, name):
    value = entry.country_id if name == "country" else getattr(entry, name)
    return list(value) if name == "former_names" else value


def _value_of_row(row, name):
    return list(row.former_names) if name == "former_names" else getattr(row, name)


def _touches(difference, standings):
    resting = defaultdict(list)
    for standing in standings:
        resting[standing.register_entry_id].append(standing)
    touches = [Touch(standing, "gone", entry.name, "") for entry in difference.gone for standing in resting[entry.pk]]
    for change in difference.changed:
        for standing in resting[change.entry.pk]:
            if "status" in change.fields:
                touches.append(Touch(standing, "status", *change.fields["status"]))
            if change.renamed():
                touches.append(Touch(standing, "name", *change.fields["name"]))
    return touches
