"""A register's file is read by its columns, or refused with every fault and its line."""

import io
import unicodedata
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accreditation.registers import reading, sheets
from accreditation.registers.faults import Unreadable
from tests.accreditation import register_files as files
from tests.accreditation.test_names_in_scripts import NAMES, TURNING, WITHOUT_WIDTH

COUNTRIES = {"ken": "KEN", "kenya": "KEN", "npl": "NPL", "népal": "NPL", "nepal": "NPL", "ouganda": "UGA"}


def read(content, kind="ecosoc", **more):
    return reading.read(io.BytesIO(content), kind=kind, countries=COUNTRIES, **more)


def refused(content, kind="ecosoc"):
    with pytest.raises(Unreadable) as why:
        read(content, kind)
    return why.value.reasons


EXPECTED = [
    ("Harbour Light International", (), "HLI", "KEN", "special"),
    ("Birch Weavers", ("Weavers of Birch", "Birch Guild"), "", "NPL", "roster"),
]


@pytest.mark.parametrize(
    "content",
    [
        files.as_csv(),
        files.as_csv(delimiter=";"),
        files.as_csv(delimiter="\t"),
        files.as_csv(encoding="utf-8-sig"),
        files.as_csv().replace(b"\r\n", b"\n"),
        files.as_csv().replace(b"\r\n", b"\r"),
        files.as_csv() + b"\r\n\r\n,,,,\r\n",
        files.as_csv(header=("Name", "Former names", " ACRONYM ", "Country", "status")),
        files.as_csv([row[::-1] for row in files.ROWS], files.HEADER[::-1]),
        files.as_xlsx(),
        files.as_xlsx([*files.ROWS, (None, None, None, None, None)]),
    ],
)
def test_one_list_in_many_forms(content):
    copy = read(content)
    assert [(row.name, row.former_names, row.acronym, row.country, row.status) for row in copy.rows] == EXPECTED
    assert [row.line for row in copy.rows] == [2, 3]
    assert set(copy.columns) == set(files.HEADER)


def test_former_names_may_stand_with_semicolons_and_status_in_any_case():
    (row,) = read(b"name,former_names,status\nAmber Guild,Guild A;Guild B; Amber Guild,SPECIAL\n").rows
    assert (row.former_names, row.status) == (("Guild A", "Guild B"), "special")


def test_a_cell_may_run_over_lines_and_the_next_is_still_named_by_its_own():
    content = b'name,note\n"Amber Guild","first\nsecond"\n,empty\n'
    assert refused(content) == ["Line 4: the name is empty."]


BROKEN = {  # what is wrong: content, kind, how each reason begins
    "no columns that are known": (
        b"title;land\nA;B\n",
        "ecosoc",
        ["Line 1: the column “title”", "Line 1: the column “land”"],
    ),
    "a column missing": (b"name,status\nA,A\n", "nhri", ["Line 1: the column “country” is missing"]),
    "a column unknown": (b"name,nmae\nA,B\n", "gcm", ["Line 1: the column “nmae” is unknown"]),
    "a column twice": (b"name,status,Status\nA,special,special\n", "ecosoc", ["Line 1: the column “status” is there twice"]),
    "an empty name": (b"name,acronym\n ,X\n", "gcm", ["Line 2: the name is empty"]),
    "a name of nothing seen": ("name,acronym\n\u200b\u202e,X\n".encode(), "gcm", ["Line 2: the name is empty"]),
    "a long name": (b"name\n" + b"a" * 401, "gcm", ["Line 2: “name” has 401 characters"]),
    "an unknown country": (b"name,country\nA,Atlantis\n", "gcm", ["Line 2: the country “Atlantis” is unknown"]),
    "a country left out": (b"name,country,status\nA,,A\n", "nhri", ["Line 2: the country “” is unknown"]),
    "an unknown status": (b"name,status\nA,gold\n", "ecosoc", ["Line 2: the status “gold” is unknown"]),
    "a status of another register": (b"name,country,status\nA,KEN,special\n", "nhri", ["Line 2: the status “special”"]),
    "a row twice": (
        b"name,country\nHarbour Light,KEN\nB,KEN\nharbour  LIGHT,Kenya\n",
        "gcm",
        ["Line 4: “harbour LIGHT” stands in line 2 already"],
    ),
    "no rows": (b"name,status\n", "ecosoc", ["The file has a header and no rows."]),
    "nothing": (b"", "ecosoc", ["The file is empty."]),
    "white space": (b" \n \n", "ecosoc", ["The file is empty."]),
    "a shifted row": (b"name,acronym\nA,B,C\n", "gcm", ["Line 2 does not fit the header (cells: 3, columns: 2)"]),
    "cut short": (b"name,acronym\nA,B\nHarb", "gcm", ["Line 3 does not fit the header (cells: 1, columns: 2)"]),
    "an open quotation mark": (b'name,acronym\nA,B\n"Harb,C\n', "gcm", ["Line 3: a quotation mark"]),
    "no day": (b"name,status_as_of\nA,12 May\n", "gcm", ["Line 2: “12 May” is no date"]),
    "mixed encodings": (files.mixed(), "gcm", ["Line 3: byte 4 of the line (0xE9) is not UTF-8"]),
    "Latin-1": ("name\nCafé\n".encode("latin-1"), "gcm", ["Line 2: byte 4 of the line (0xE9)"]),
    "UTF-16": (files.as_csv(encoding="utf-16"), "ecosoc", ["Line 1: byte 1 begins a file in UTF-16"]),
    "a NUL byte far in": (
        b"name\n" + b"".join(b"n%d\n" % number for number in range(3000)) + b"b\x00\n",
        "gcm",
        ["Line 3002: it contains a NUL byte"],
    ),
    "a PDF": (b"%PDF-1.7 x", "ecosoc", ["By its content this is neither"]),
    "a web page": (b"\xef\xbb\xbf <html>name</html>", "ecosoc", ["By its content this is neither"]),
    "an image": (b"\x89PNG\r\n\x1a\n\x00", "ecosoc", ["By its content this is neither"]),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ecosoc", ["This is an old or protected Excel workbook"]),
    "another zip": (files.zipped({"word/document.xml": b"<x/>"}), "ecosoc", ["By its content this is neither"]),
    "a workbook cut short": (files.as_xlsx()[:2000], "ecosoc", ["The workbook cannot be opened"]),
    "a workbook of nothing": (
        files.zipped({"xl/workbook.xml": b"<workbook/>"}),
        "ecosoc",
        ["The workbook cannot be read"],
    ),
    "a bomb": (files.bomb(), "ecosoc", ["Unpacked, this workbook would have more than 32 megabytes"]),
    "a workbook that swells": (files.entities(), "ecosoc", ["The workbook cannot be read safely"]),
    "one endless line": (b"name\n" + b"a" * 2_000_000, "gcm", ["The file has a line of more than a megabyte"]),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_refused_with_the_line_and_the_reason(what):
    content, kind, beginnings = BROKEN[what]
    found = refused(content, kind)
    assert len(found) >= len(beginnings)
    for reason, beginning in zip(found, beginnings, strict=False):
        assert reason.startswith(beginning)


def test_duplicates_are_told_apart_by_their_country():
    assert len(read(b"name,country\nNational Commission,KEN\nNational Commission,NPL\n", "gcm").rows) == 2


def test_all_faults_are_counted_and_twenty_listed():
    found = refused(b"name,acronym\n" + b",X\n" * 30, "gcm")
    assert len(found) == 21
    assert found[0] == "Line 2: the name is empty."
    assert found[-1] == "10 more faults are not listed."


def test_what_is_too_big_is_refused_before_a_byte_is_read(settings):
    class Untouchable(SimpleUploadedFile):
        def read(self, *_sizes):
            raise AssertionError("it was read")

    file = Untouchable("ecosoc.csv", b"x")
    file.size = 100 * 1024 * 1024
    with pytest.raises(Unreadable, match=r"at most 20\.0"):
        reading.check_size(file.size)
    settings.REGISTER_FILE_LIMIT = file.size
    reading.check_size(file.size)


def test_more_rows_than_any_register_has_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    assert len(read(b"name\na\nb\nc\n", "gcm").rows) == 3
    assert refused(b"name\na\nb\nc\nd\n", "gcm")[0].startswith("The file has more than 3 rows")


def test_a_sheet_with_more_lines_than_there_can_be_is_given_up(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_LINES", 3)
    assert len(read(files.as_xlsx()).rows) == 2
    assert refused(files.as_xlsx([*files.ROWS, ("Amber Guild", "", "", "", "")]))[0].startswith("The sheet has more lines")


def test_numbers_and_days_of_a_workbook_become_words():
    content = files.as_xlsx([("1M1B", 2019.0), ("Amber", date(2024, 5, 31)), (1899, 2020)], ("name", "status_as_of"))
    found = [(row.name, row.status_as_of) for row in read(content).rows]
    assert found == [("1M1B", "2019"), ("Amber", "2024-05-31"), ("1899", "2020")]


@pytest.mark.parametrize("make", [files.as_csv, files.as_xlsx])
def test_names_in_all_scripts_come_in_as_they_are_written(make):
    rows = [(name,) for name in NAMES.values()]
    found = [row.name for row in read(make(rows, ("name",)), "gcm").rows]
    assert found == [unicodedata.normalize("NFC", name) for name in NAMES.values()]
    assert len(found) >= 20


def test_signs_that_nobody_sees_are_taken_out_of_names():
    hidden = "".join(f"{sign}x" for sign in TURNING + WITHOUT_WIDTH)
    (row,) = read(f"name,acronym\n{hidden},\u202eAG\n".encode(), "gcm").rows
    assert (row.name, row.acronym) == ("x" * len(TURNING + WITHOUT_WIDTH), "AG")


def test_the_progress_is_told_while_it_is_read():
    told = []
    read(
        b"name\n" + b"".join(b"n%d\n" % number for number in range(1200)), "gcm", on_progress=lambda *seen: told.append(seen)
    )
    assert told == [(500, 1200), (1000, 1200), (1200, 1200)]
