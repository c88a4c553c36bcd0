"""The forms in which a list is taken away: each writes described inputs, row by row, into a file on disk.

The library of workbooks is imported where one is made (decision 0047).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from tempfile import TemporaryFile

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from forums.cells import as_text, cell_of
from forums.exports import lines_of_csv, workbook
from submissions import licences
from submissions.citing import bibtex, ris
from submissions.open_data.rows import WITH_WORDS, cell, cells, row_of

TITLES = [column.name for column in WITH_WORDS]


@dataclass(frozen=True)
class About:
    """What a workbook says of itself beside its rows."""

    named: str
    address: str
    at: object


@dataclass(frozen=True)
class Form:
    name: str
    media_type: str
    most: int  # inputs; a longer list is narrowed, or taken from the open data
    make: Callable  # (described inputs, About) -> an open file at its beginning


def as_csv(inputs: Iterable, about: About):
    return _written(lines_of_csv(TITLES, (cells(row_of(each, WITH_WORDS)) for each in inputs)))


def as_ris(inputs: Iterable, about: About):
    return _written(ris(each) + "\r\n" for each in inputs)


def as_bibtex(inputs: Iterable, about: About):
    return _written(bibtex(each) + "\n" for each in inputs)


def as_workbook(inputs: Iterable, about: About):
    rows = ([_in_sheet(value) for value in row_of(each, WITH_WORDS).values()] for each in inputs)
    return workbook(about.named, TITLES, rows, _about_lines(about), mirrored=get_language_bidi())


def _written(lines):
    file = TemporaryFile()  # noqa: SIM115 - closed by the answer that sends it
    file.writelines(line.encode() for line in lines)
    file.seek(0)
    return file


def _in_sheet(value):
    """Numbers stay numbers; all else is the text that CSV has, as short as a cell of a workbook takes it."""
    return value if type(value) is int else cell_of(cell(value))


def _about_lines(about):
    yield [_("List"), as_text(about.named)]
    yield [_("Address"), about.address]
    yield [_("Made at (UTC)"), f"{about.at:%Y-%m-%dT%H:%M:%SZ}"]
    yield [_("Licence"), f"{licences.METADATA_NAME}, {licences.METADATA_URL}"]


WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = {
    "csv": Form("CSV", "text/csv; charset=utf-8", 20_000, as_csv),
    "xlsx": Form("XLSX", WORKBOOK, 5_000, as_workbook),
    "ris": Form("RIS", "application/x-research-info-systems; charset=utf-8", 20_000, as_ris),
    "bib": Form("BibTeX", "application/x-bibtex; charset=utf-8", 20_000, as_bibtex),
}
