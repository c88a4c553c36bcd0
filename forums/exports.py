"""Lists as files: those that leave the desk with who may take them and how they are noted, and the files themselves.

The library of workbooks is imported where one is made, so that a web process which makes none does not hold it.
"""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile

from django.utils.translation import gettext as _

from forums.cells import as_text

EXPORTS = "accreditation.export_lists"  # the permission, beside the right to see the room
MOST = {"csv": 50_000, "xlsx": 20_000}  # rows
NOTES = []  # (export) -> None: upper floors note that a list was taken out


@dataclass(frozen=True)
class Export:
    """One list that somebody takes out: the room, what was asked of it, and when."""

    room: str
    named: str
    asked: str  # search line, filters and order, as in the address
    kind: str
    rows: int
    by: object
    at: datetime

    @property
    def file(self) -> str:
        """The name of the file, which the note of the reading has too: by it the question is found that made the file."""
        return f"{self.room}-{self.at:%Y%m%dT%H%M%SZ}.{self.kind}"


def register_note(note: Callable):
    NOTES.append(note)


def note(export):
    """Note that this list is taken out; called before its first byte."""
    for each in NOTES:
        each(export)


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, line):
        return line


def lines_of_csv(titles, rows: Iterable) -> Iterable[str]:
    """The table line by line: UTF-8 with its mark, as spreadsheets of all languages open it; nothing but the table."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(titles)
    for row in rows:
        yield writer.writerow(row)


def workbook(named, titles, rows, about: Iterable, *, mirrored=False) -> io.IOBase:
    """The table, and a sheet that says `about` it in pairs, asked for after the rows; an open file at its beginning."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(named))
    sheet.freeze_panes, sheet.sheet_view.rightToLeft = "A2", mirrored
    sheet.append(titles)
    for row in rows:
        sheet.append(row)
    beside = book.create_sheet(_("About this file"))
    beside.column_dimensions["A"].width, beside.column_dimensions["B"].width = 28, 60
    beside.sheet_view.rightToLeft = mirrored
    for line in about:
        beside.append(line)
    file = TemporaryFile()  # noqa: SIM115 - closed by the answer that sends it
    book.save(file)
    file.seek(0)
    return file


def about_lines(export) -> list:
    return [
        [_("List"), as_text(export.named)],
        [_("Search, filters and order"), as_text(export.asked) or _("The whole list")],
        [_("Made at (UTC)"), f"{export.at:%Y-%m-%dT%H:%M:%SZ}"],
        [_("Made by"), as_text(str(export.by))],
        [_("Rows"), export.rows],
    ]


def _sheet_name(named) -> str:
    """At most 31 signs, none of those that a workbook refuses."""
    return "".join(sign for sign in named if sign not in r"[]:*?/\'")[:31] or "1"
