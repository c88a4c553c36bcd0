"""Files of registers, good and broken, as bytes."""

import io
import zipfile

from openpyxl import Workbook

HEADER = ("name", "former_names", "acronym", "country", "status")
ROWS = (
    ("Harbour Light International", "", "HLI", "Kenya", "special"),
    ("Birch Weavers", "Weavers of Birch | Birch Guild", "", "NPL", "roster"),
)


def as_csv(rows=ROWS, header=HEADER, delimiter=",", encoding="utf-8") -> bytes:
    def cell(value):
        return f'"{value}"' if delimiter in value or '"' in value else value

    return "\r\n".join(delimiter.join(map(cell, row)) for row in (header, *rows)).encode(encoding)


def as_xlsx(rows=ROWS, header=HEADER) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in (header, *rows):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def zipped(members) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    """A workbook of some kilobytes that would unpack to a hundred megabytes."""
    return zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * 100_000_000})


def entities() -> bytes:
    """A workbook whose sheet declares what would swell while it is read."""
    swelling = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    return zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": swelling})


def mixed() -> bytes:
    """Two lines in UTF-8, then one in Latin-1: its é is the fourth byte of the third line."""
    return "name,country\nFédération,KEN\n".encode() + "Caféhaus,NPL\n".encode("latin-1")
