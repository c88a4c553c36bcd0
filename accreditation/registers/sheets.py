"""A CSV or XLSX file as lines of text cells, one at a time; what the file is, its own bytes say. Pure.

The library of workbooks is imported where one is read, so that a web process which reads none does not hold it.
"""

import csv
import zipfile
from datetime import date, datetime

from django.utils.translation import gettext as _

from accreditation.registers.faults import Unreadable, refuse

BOM = b"\xef\xbb\xbf"
DELIMITERS = ",;\t"
CHUNK = 64 * 1024
MOST_CELLS = 60  # of a line that are looked at
MOST_UNPACKED = 32 * 1024 * 1024
MOST_LINES = 1_048_576  # no program makes longer sheets
MOST_MEMBERS = 500
WORKBOOK = "xl/workbook.xml"
# How files begin that people take for a table.
NO_TABLES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"<",
    b"{",
    b"[",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x7fELF",
)


def kind_of(file) -> str:
    """csv or xlsx, by content; anything else is refused with what to do."""
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    if not head.strip():
        refuse(_("The file is empty. Choose the file again, or save it anew and try once more."))
    if head.startswith(b"PK"):
        _check_zip(file)
        return "xlsx"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        refuse(_("This is an old or protected Excel workbook. Save it without a password as XLSX or CSV and try again."))
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        refuse(_("Line 1: byte 1 begins a file in UTF-16. Save the whole file as CSV in UTF-8 and try again."))
    if b"\x00" in head or head.removeprefix(BOM).lstrip().startswith(NO_TABLES):
        refuse(_("By its content this is neither a CSV file nor an XLSX workbook. Save the list as one of these."))
    return "csv"


def _check_zip(file):
    """An XLSX workbook whose unpacked size is no trap; a zip never unpacks to more than it declares here."""
    try:
        with zipfile.ZipFile(file) as packed:
            members = packed.infolist()
            named = {member.filename for member in members}
            if WORKBOOK not in named:
                refuse(_("By its content this is neither a CSV file nor an XLSX workbook. Save the list as one of these."))
            if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
                refuse(
                    _("Unpacked, this workbook would have more than %(most)d megabytes. Save the list alone as CSV.")
                    % {"most": MOST_UNPACKED // 1024**2}
                )
            _refuse_entities(packed, members)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        refuse(_("The workbook cannot be opened: it is damaged or cut short. Save it anew and try once more."))
    finally:
        file.seek(0)


def _refuse_entities(packed, members):
    """No workbook declares a document type; one that does wants to swell while it is read."""
    for member in members:
        if member.filename.endswith((".xml", ".rels")) and member.file_size:
            with packed.open(member) as part:
                if b"<!DOCTYPE" in part.read(4096).upper():
                    refuse(_("The workbook cannot be read safely. Save the list alone as CSV and try again."))


# CSV -----------------------------------------------------------------------------------------------------------------


def count_lines(file) -> int:
    """About how many lines there are, for the progress."""
    file.seek(0)
    count = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK), b""))
    file.seek(0)
    return count


def csv_lines(file, columns, faults):
    """Line number and cells of each record; bytes that are not UTF-8 are noted with their line and place."""
    texts = _texts(file, faults)
    first = next(texts, "")
    delimiter = max(DELIMITERS, key=lambda sign: (_known(first, sign, columns), first.count(sign)))
    reader = csv.reader(_again(first, texts), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            faults.add(_("Line %(line)d: a quotation mark or a cell that begins here does not end.") % {"line": line})
            return
        yield line, [cell.strip() for cell in cells]
        line = reader.line_num + 1


def _again(first, rest):
    yield first
    yield from rest


def _known(text, sign, columns):
    names = (cell.strip().strip('"').strip().casefold().replace(" ", "_") for cell in text.split(sign))
    return len([name for name in names if name in columns])


def _texts(file, faults):
    for number, raw in enumerate(_raw_lines(file), 1):
        bare = raw.removeprefix(BOM) if number == 1 else raw
        try:
            text = bare.decode()
        except UnicodeDecodeError as why:
            place = why.start + len(raw) - len(bare)
            faults.add(_not_utf8(number, place, raw[place]), line=number)
            text = bare.decode(errors="replace")
        if "\x00" in text:
            faults.add(_("Line %(line)d: it contains a NUL byte; a table has none.") % {"line": number}, line=number)
            text = text.replace("\x00", "")
        yield text


def _not_utf8(line, place, byte):
    said = {"line": line, "place": place + 1, "byte": f"{byte:02X}"}
    return (
        _("Line %(line)d: byte %(place)d of the line (0x%(byte)s) is not UTF-8. Save the whole file as UTF-8 and try again.")
        % said
    )


def _raw_lines(file):
    """The lines of a file with any kind of line end, without holding the file."""
    file.seek(0)
    rest = b""
    while chunk := file.read(CHUNK):
        *whole, rest = (rest + chunk).splitlines(keepends=True)
        yield from whole
        if len(rest) > 20 * CHUNK:
            refuse(_("The file has a line of more than a megabyte; a list has none. Check that it is the right file."))
        if rest.endswith(b"\n"):
            yield rest
            rest = b""
    if rest:
        yield rest


# XLSX ----------------------------------------------------------------------------------------------------------------


def xlsx_lines(file, on_all):
    """Row number and cells of each row of the first sheet; `on_all` is told about how many there are."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except Exception as why:  # openpyxl says in a dozen ways that a workbook is no workbook
        raise _unreadable() from why
    try:
        if not book.worksheets:
            refuse(_("The workbook has no sheet with a table."))
        sheet = book.worksheets[0]
        on_all(sheet.max_row or 0)
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_CELLS, values_only=True), 1):
            if number > MOST_LINES:
                refuse(_("The sheet has more lines than a workbook can have. Save the list alone as CSV and try again."))
            yield number, [_as_text(cell) for cell in cells]
    except (KeyError, ValueError, TypeError, IndexError, SyntaxError, OSError, zipfile.BadZipFile, EOFError) as why:
        raise _unreadable() from why
    finally:
        book.close()


def _unreadable():
    return Unreadable([_("The workbook cannot be read: it is damaged or cut short. Save it anew and try once more.")])


def _as_text(cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
