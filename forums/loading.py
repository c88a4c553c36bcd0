"""How shipped lists come into the database: missing rows are made, rows that staff edited are left alone."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

LANGUAGES = {"en": "en", "fr": "fr", "es": "es", "ru": "ru", "ar": "ar", "zh": "zh_hans"}  # in the files, in the columns


@dataclass
class Report:
    """What the loading of one file did; `differing` rows are not as shipped and were left as they are."""

    new: int = 0
    unchanged: int = 0
    differing: int = 0
    reset: int = 0

    @property
    def rows(self) -> int:
        return self.new + self.unchanged + self.differing + self.reset

    def __add__(self, other: "Report") -> "Report":
        return Report(
            self.new + other.new,
            self.unchanged + other.unchanged,
            self.differing + other.differing,
            self.reset + other.reset,
        )


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, cells without outer white space."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: (cell or "").strip() for name, cell in row.items()} for row in csv.DictReader(file)]


def parts(cell: str) -> list[str]:
    """A list inside a cell, separated by semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def six(row, prefix="", *, column, **words) -> dict:
    """The cells of the six languages as translated columns; an empty cell falls back to English, so it is None.

    `words` fill the places in braces.
    """
    return {
        f"{column}_{language}": (row[f"{prefix}{code}"].format(**words) if words else row[f"{prefix}{code}"]) or None
        for code, language in LANGUAGES.items()
    }


@override(settings.LANGUAGE_CODE)
def bring(model, rows, *, key, lists=(), overwrite=False) -> Report:
    """Make the rows that are missing; with `overwrite` set those that differ back to what the file says.

    `rows` are columns and values; `key` names the columns that make a row the same one; `lists` the many-to-many
    columns, given as primary keys. Never deletes anything. A cell that is in one language only is English, whatever
    language is spoken where the loading runs.
    """
    there = {_key(thing, key): thing for thing in model._default_manager.prefetch_related(*lists)}
    report, made = Report(), []
    for row in rows:
        chosen = {name: row[name] for name in lists}
        columns = {name: value for name, value in row.items() if name not in lists}
        thing = there.get(tuple(columns[name] for name in key))
        if thing is None:
            made.append((model(**columns), chosen))
        elif not (edited := _edited(thing, columns, chosen)):
            report.unchanged += 1
        elif overwrite:
            _reset(thing, edited, columns, chosen)
            report.reset += 1
        else:
            report.differing += 1
    model._default_manager.bulk_create([thing for thing, _chosen in made], batch_size=1000)
    report.new = len(made)
    for name in lists:
        _link(model, name, [(thing, chosen[name]) for thing, chosen in made])
    return report


def _key(thing, key):
    return tuple(getattr(thing, name) for name in key)


def _edited(thing, columns, chosen):
    """The names of what is not as shipped."""
    edited = [name for name, value in columns.items() if getattr(thing, name) != value]
    for name, keys in chosen.items():
        if {str(related.pk) for related in getattr(thing, name).all()} != {str(one) for one in keys}:
            edited.append(name)
    return edited


def _reset(thing, edited, columns, chosen):
    for name in edited:
        if name in chosen:
            getattr(thing, name).set(chosen[name])
        else:
            setattr(thing, name, columns[name])
    thing.save()


def _link(model, name, links):
    """Fill a many-to-many column of new rows in one statement."""
    field = model._meta.get_field(name)
    through = field.remote_field.through
    here, there = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    through._default_manager.bulk_create(
        [through(**{here: thing.pk, there: key}) for thing, keys in links for key in keys], batch_size=5000
    )
