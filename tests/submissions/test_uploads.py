"""What files are taken and what is refused, each refusal with a sentence that names the file."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forums.refusals import Refused
from submissions import operations
from submissions.models import Attachment
from submissions.uploads import clean_name, look_at
from tests.factories import NOW, make_call, make_draft

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00" + b"\x00" * 32


def office(member, **more):
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w") as archive:
        for name, content in {member: "<xml/>", **more}.items():
            archive.writestr(name, content)
    return store.getvalue()


def opendocument(kind, **more):
    return office("mimetype", **{"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<xml/>", **more})


DOCX = office("word/document.xml")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("input.pdf", PDF),
        ("INPUT.PDF", PDF),
        ("مساهمة.pdf", PDF),
        ("输入.docx", DOCX),
        ("table.xlsx", office("xl/workbook.xml")),
        ("talk.pptx", office("ppt/presentation.xml")),
        ("text.odt", opendocument("text")),
        ("figures.ods", opendocument("spreadsheet")),
        ("letter.rtf", rb"{\rtf1\ansi A plain letter, with an objection.}"),
        ("figures.csv", "страна;число\n".encode()),
        ("note.txt", "Une note accentuée.".encode()),
        ("chart.png", PNG),
    ],
)
def test_honest_files_are_taken(name, content):
    upload = look_at(SimpleUploadedFile(name, content))
    assert upload.size == len(content)
    assert upload.stored_name.isascii()
    assert upload.name == name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pdf", b""),
        ("page.html", b"<html></html>"),
        ("page.pdf", b"<html><script>alert(1)</script></html>"),
        ("polyglot.pdf", b"<script>1</script>%PDF-1.4"),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("picture.png", b"<svg/>"),
        ("bomb.png", PNG.replace(b"\x00\x00\x01\x00" * 2, b"\x00\x00\xc3\x50" * 2)),
        ("program.exe", b"MZ"),
        ("program.pdf.exe", PDF),
        ("renamed.docx", PDF),
        ("other.docx", office("xl/workbook.xml")),
        ("text.odt", office("content.xml")),
        ("figures.ods", opendocument("text")),
        ("letter.rtf", b"{\\not rtf}"),
        ("slip.docx", office("word/document.xml", **{"../../evil": "x"})),
        ("broken.docx", DOCX[:30]),
        ("binary.txt", b"a\x00b"),
        ("latin.csv", b"\xff\xfe\xfa"),
        ("noending", PDF),
    ],
    ids=lambda part: part if isinstance(part, str) else f"{len(part)} bytes",  # a zip carries the time of its making
)
def test_other_files_are_refused_by_name(name, content):
    with pytest.raises(Refused, match=f"“{clean_name(name)}”"):
        look_at(SimpleUploadedFile(name, content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("macro.docx", office("word/document.xml", **{"word/vbaProject.bin": "x"})),
        ("macro.xlsx", office("xl/workbook.xml", **{"xl/vbaProject.bin": "x"})),
        ("control.docx", office("word/document.xml", **{"word/activeX/activeX1.xml": "x"})),
        ("basic.ods", opendocument("spreadsheet", **{"Basic/Standard/Module1.xml": "x"})),
        ("script.odt", opendocument("text", **{"Scripts/python/run.py": "x"})),
        ("object.rtf", rb"{\rtf1{\object\objemb{\*\objdata 0105}}}"),
        ("update.rtf", rb"{\rtf1{\object\objautlink\objupdate}}"),
    ],
    ids=lambda part: part if isinstance(part, str) else f"{len(part)} bytes",
)
def test_a_document_that_carries_a_program_is_refused_with_what_to_do(name, content):
    with pytest.raises(Refused, match=f"“{name}” holds a macro or an embedded object.*Save it without"):
        look_at(SimpleUploadedFile(name, content))


def test_a_zip_that_unpacks_to_too_much_is_refused_unread(monkeypatch):
    monkeypatch.setattr("forums.uploads.MOST_UNPACKED", 1000)
    with pytest.raises(Refused):
        look_at(SimpleUploadedFile("bomb.docx", office("word/document.xml", zeros="0" * 2000)))


def test_a_file_over_the_limit_says_its_size_and_the_limit(settings):
    settings.UPLOAD_MOST_BYTES = 10
    with pytest.raises(Refused, match="at most 10"):
        look_at(SimpleUploadedFile("input.pdf", PDF))


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\input.pdf", "input.pdf"),
        ("in\u202efdp.exe.pdf", "infdp.exe.pdf"),
        ("a\nb\x00.pdf", "ab.pdf"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 110 + ".pdf"),
    ],
)
def test_a_file_name_is_only_shown_and_never_a_path(name, cleaned):
    assert clean_name(name) == cleaned


@pytest.mark.django_db
class TestFilesOfADraft:
    def test_a_file_waits_in_quarantine_and_lies_under_a_name_of_ours(self, draft, amina):
        file = operations.attach(draft, SimpleUploadedFile("input.pdf", PDF), by=amina, at=NOW)
        assert file.verdict == Attachment.Verdict.WAITING
        assert "input" not in file.file.name
        assert file.file.read() == PDF

    def test_the_same_file_chosen_twice_is_kept_once(self, draft, amina):
        first, second = (operations.attach(draft, SimpleUploadedFile("input.pdf", PDF), by=amina, at=NOW) for _ in range(2))
        assert first == second

    def test_one_file_too_many_is_refused(self, forum, amina):
        draft = make_draft(call=make_call(forum, most_files=1), by=amina)
        operations.attach(draft, SimpleUploadedFile("one.pdf", PDF), by=amina, at=NOW)
        with pytest.raises(Refused, match="at most 1 files"):
            operations.attach(draft, SimpleUploadedFile("two.docx", DOCX), by=amina, at=NOW)

    def test_a_file_taken_out_is_not_sent(self, draft, amina):
        file = operations.attach(draft, SimpleUploadedFile("input.pdf", PDF), by=amina, at=NOW)
        operations.detach(file, by=amina, at=NOW)
        assert operations.submit(draft, by=amina, at=NOW).content["files"] == []

    def test_the_receipt_names_each_file_with_size_and_hash(self, draft, amina):
        file = operations.attach(draft, SimpleUploadedFile("input.pdf", PDF), by=amina, at=NOW)
        (named,) = operations.submit(draft, by=amina, at=NOW).content["files"]
        assert named == {
            "id": str(file.pk),
            "name": "input.pdf",
            "size": len(PDF),
            "sha256": file.sha256,
            "type": "application/pdf",
        }

    def test_discarding_a_draft_takes_its_files_from_the_disk(self, draft, amina, django_capture_on_commit_callbacks):
        file = operations.attach(draft, SimpleUploadedFile("input.pdf", PDF), by=amina, at=NOW)
        with django_capture_on_commit_callbacks(execute=True):
            operations.discard(draft, by=amina, at=NOW)
        assert not file.file.storage.exists(file.file.name)
