"""A newer copy of a register read from a file: rows by their column names, or every fault with its line. Pure."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from accreditation.names import fold
from accreditation.registers import sheets
from accreditation.registers.faults import Faults, refuse
from forums.typed import a_name

COLUMNS = ("name", "former_names", "acronym", "country", "status", "status_as_of", "network", "note", "source")
NEEDED = {"nhri": ("name", "country", "status"), "state": ("name", "country")}
STATUSES = {"ecosoc": ("general", "special", "roster"), "nhri": ("A", "B", "C", "suspended")}
LONGEST = {"name": 400, "acronym": 60, "status": 60, "status_as_of": 10, "network": 60, "note": 4000, "source": 1000}
DATED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
MOST_ROWS = 30_000
EACH = 500  # rows after which the progress is told


@dataclass(frozen=True)
class Row:
    line: int
    name: str
    former_names: tuple = ()
    acronym: str = ""
    country: str | None = None
    status: str = ""
    status_as_of: str = ""
    network: str = ""
    note: str = ""
    source: str = ""

    @property
    def key(self):
        return fold(self.name), self.country


@dataclass(frozen=True)
class Copy:
    """What a file says: its columns and its rows. A column that it lacks says nothing."""

    columns: tuple
    rows: list


def check_size(size: int):
    """Refuse what is too big before a byte of it is read."""
    if size > settings.REGISTER_FILE_LIMIT:
        said = {"size": filesizeformat(size), "most": filesizeformat(settings.REGISTER_FILE_LIMIT)}
        refuse(_("The file has %(size)s; the copy of a register may have at most %(most)s. Nothing was kept of it.") % said)


def read(file, *, kind, countries, on_progress=lambda done, all_rows: None) -> Copy:
    """The rows of a register's file; raises Unreadable with every fault.

    `countries` leads from folded names and codes to ISO alpha-3; `on_progress` is told how many rows of how many are read.
    """
    faults, total = Faults(), [0]
    if sheets.kind_of(file) == "csv":
        total[0] = max(sheets.count_lines(file) - 1, 0)
        lines = sheets.csv_lines(file, COLUMNS, faults)
    else:
        lines = sheets.xlsx_lines(file, lambda count: total.__setitem__(0, max(count - 1, 0)))
    header = _header(lines, kind, faults)
    rows = [] if header is None else _rows(lines, header, kind, countries, faults, lambda done: on_progress(done, total[0]))
    if not rows and not faults.count:
        faults.add(_("The file has a header and no rows. An empty list would strike everybody off; nothing was changed."))
    faults.refuse_if_any()
    on_progress(len(rows), len(rows))
    return Copy(tuple(header.values()), rows)


def _header(lines, kind, faults):
    """The place of each column, or None where the columns are wrong."""
    line, cells = next(((line, cells) for line, cells in lines if any(cells)), (1, []))
    names = [a_name(cell).casefold().replace(" ", "_") for cell in cells]
    while names and not names[-1]:
        names.pop()
    before = faults.count
    for name in sorted({name for name in names if names.count(name) > 1}):
        faults.add(_("Line %(line)d: the column “%(name)s” is there twice.") % {"line": line, "name": name})
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            said = {"line": line, "name": name[:60], "known": ", ".join(COLUMNS)}
            faults.add(_("Line %(line)d: the column “%(name)s” is unknown. Known are: %(known)s.") % said)
    for name in NEEDED.get(kind, ("name",)):
        if name not in names:
            faults.add(_("Line %(line)d: the column “%(name)s” is missing.") % {"line": line, "name": name})
    return None if faults.count > before else dict(enumerate(names))


def _rows(lines, header, kind, countries, faults, on_progress):
    rows, first = [], {}
    for line, cells in lines:
        if not any(cells) or line in faults.broken_lines:
            continue
        if len(rows) >= MOST_ROWS:
            refuse(_("The file has more than %(most)d rows. Check that it is the right file.") % {"most": MOST_ROWS})
        row = _row(line, cells, header, kind, countries, faults)
        if row is None:
            continue
        earlier = first.setdefault(row.key, line)
        if earlier != line:
            said = {"line": line, "earlier": earlier, "name": row.name[:100]}
            faults.add(_("Line %(line)d: “%(name)s” stands in line %(earlier)d already, with the same country.") % said)
        rows.append(row)
        if len(rows) % EACH == 0:
            on_progress(len(rows))
    return rows


def _row(line, cells, header, kind, countries, faults):
    """The row of this line, or None; what is wrong with it is noted."""
    if _has_other_width(line, cells, header, faults):
        return None
    said = {name: a_name(cells[place]) if place < len(cells) else "" for place, name in header.items()}
    before = faults.count
    if not said["name"]:
        faults.add(_("Line %(line)d: the name is empty.") % {"line": line})
    for name, most in LONGEST.items():
        if len(said.get(name, "")) > most:
            found = {"line": line, "column": name, "count": len(said[name]), "most": most}
            faults.add(_("Line %(line)d: “%(column)s” has %(count)d characters; at most %(most)d are kept.") % found)
    said["former_names"] = _former_names(line, said.get("former_names", ""), said["name"], faults)
    said["country"] = _country(line, said.get("country", ""), kind, countries, faults)
    said["status"] = _status(line, said.get("status", ""), kind, faults)
    if (day := said.get("status_as_of")) and not DATED.fullmatch(day):
        found = {"line": line, "day": day[:40]}
        faults.add(_("Line %(line)d: “%(day)s” is no date such as 2024, 2024-05 or 2024-05-31.") % found)
    return None if faults.count > before else Row(line=line, **said)


def _has_other_width(line, cells, header, faults):
    """A record of a CSV file with more or fewer cells than the header is shifted or cut short; empty ones do not matter."""
    extra = [cell for cell in cells[len(header) :] if cell]
    if not extra and len(cells) >= len(header):
        return False
    said = {"line": line, "cells": len(cells), "columns": len(header)}
    faults.add(_("Line %(line)d does not fit the header (cells: %(cells)d, columns: %(columns)d).") % said)
    return True


def _former_names(line, cell, name, faults):
    found = tuple(dict.fromkeys(each.strip() for each in cell.split("|" if " | " in cell else ";") if each.strip()))
    if any(len(each) > LONGEST["name"] for each in found):
        faults.add(_("Line %(line)d: a former name has more than 400 characters.") % {"line": line})
    return tuple(each for each in found if each != name)


def _country(line, cell, kind, countries, faults):
    found = countries.get(fold(cell)) if cell else None
    if found is None and (cell or "country" in NEEDED.get(kind, ())):
        said = {"line": line, "country": cell[:100]}
        faults.add(_("Line %(line)d: the country “%(country)s” is unknown. Write its ISO alpha-3 code.") % said)
    return found


def _status(line, cell, kind, faults):
    known = {status.casefold(): status for status in STATUSES.get(kind, ())}
    if not cell or not known:
        return cell
    if cell.casefold() not in known:
        said = {"line": line, "status": cell[:60], "known": ", ".join(known.values())}
        faults.add(_("Line %(line)d: the status “%(status)s” is unknown. Known are: %(known)s.") % said)
    return known.get(cell.casefold(), "")
