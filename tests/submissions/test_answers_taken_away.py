"""Public answers are in what people take away, papers and open data; answers for the desk are in none of it."""

import json
import zipfile
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from forums import printing
from submissions import operations
from submissions.models import PrintedInput
from tests.factories import NOW
from tests.submissions.test_form_published import OPEN, SHUT, published, sent  # noqa: F401 fixtures

pytestmark = pytest.mark.django_db
WITH_FONTS = pytest.mark.skipif(not printing.has_font(ord("a")), reason="the Noto fonts of Debian are not installed here")


def paper(row, form):
    operations.ask_input(row, form=form, language="en", at=NOW)
    operations.print_inputs(at=NOW)
    return BytesIO(PrintedInput.objects.get(form=form).file.read())


def test_a_docx_has_the_public_answers_with_their_questions_and_tables(published):  # noqa: F811
    published.refresh_from_db()
    document = Document(paper(published, "docx"))
    styled = [(part.style.name, part.text) for part in document.paragraphs]
    assert ("Heading 3", "What about told?") in styled
    assert ("List Bullet", "In part") in styled
    assert f"Nine missions and {OPEN}." in [text for _style, text in styled]
    assert document.tables[1].rows[1].cells[0].text == f"Hotline {OPEN}two"
    assert SHUT not in document.part.blob.decode(errors="replace")


@WITH_FONTS
def test_a_pdf_has_them_too(published):  # noqa: F811
    published.refresh_from_db()
    words = " ".join(page.extract_text() for page in PdfReader(paper(published, "pdf")).pages)
    assert ("What about told?" in words, OPEN in words, SHUT in words) == (True, True, False)


def test_open_data_have_them_by_key(published):  # noqa: F811
    edition = operations.make_open_data(at=NOW.replace(year=2090))
    with zipfile.ZipFile(BytesIO(edition.file.read())) as archive:
        (record,) = json.loads(archive.read("inputs.json"))
        everything = b" ".join(archive.read(name) for name in archive.namelist())
    assert [one["key"] for one in record["answers"]] == ["told", "how_far", "measures"]
    assert record["answers"][0]["question"] == "What about told?"
    assert SHUT.encode() not in everything
