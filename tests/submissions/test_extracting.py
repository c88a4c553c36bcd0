"""What is taken out of files, in a child process that may use little; what a draft's files lose, what a sent one keeps."""

import io
import json
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forums.refusals import Refused
from submissions import operations
from submissions.extracting import parent
from submissions.models import Attachment, Extract, Submission
from submissions.operations.submitting import missing
from tests.factories import NOW, make_published, make_submission
from tests.submissions import documents as made

READ = ("texts", "pages", "language", "hidden", "hazards", "is_tagged")


def read(extension, raw):
    answer, _none = parent.run("read", extension, io.BytesIO(raw))
    return answer


def attach(draft, name, raw):
    return operations.attach(draft, SimpleUploadedFile(name, raw), by=draft.begun_by, at=NOW)


def attach_and_read(draft, name, raw):
    file = attach(draft, name, raw)
    operations.read_waiting(at=NOW)
    return Attachment.objects.select_related("extract").get(pk=file.pk)


# What is found ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", made.SENTENCES)
def test_text_is_taken_page_by_page_and_its_language_is_guessed(language):
    text = made.SENTENCES[language]
    answer = read(".docx", made.word(text))
    assert (answer["texts"], answer["language"], answer["has_text"]) == ([text], language, True)
    answer = read(".pdf", made.printed(text, language=language, pages=2, pdf_variant="pdf/ua-1"))
    assert (answer["pages"], len(answer["texts"]), answer["is_tagged"], answer["hazards"]) == (2, 2, True, [])


def test_a_language_that_is_not_clear_is_not_guessed():
    assert read(".txt", b"1 2 3")["language"] == ""
    assert read(".txt", "Diese Leute kommen aus vielen Ländern, und wir helfen ihnen.".encode())["language"] == ""


@pytest.mark.parametrize(
    ("extension", "raw", "words"),
    [
        (".xlsx", made.sheet("Number of permits"), "Number of permits"),
        (".pptx", made.slides("First slide", "Second slide"), "First slide|Second slide"),
        (".odt", made.opened_document(body="<text:p>One <text:span>two</text:span> three</text:p>"), "One two three"),
        (".rtf", rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 One\par two \u1080?}", "One\ntwo и"),
        (".csv", "a;б\n1;2\n".encode(), "a;б\n1;2\n"),
    ],
)
def test_every_kind_gives_its_text(extension, raw, words):
    assert "|".join(text.strip("\n") for text in read(extension, raw)["texts"]) == words.strip("\n")


def test_a_scan_has_no_text():
    answer = read(".pdf", made.printed(""))
    assert (answer["has_text"], answer["words"]) == (False, 0)


HIDING = {
    "author of a PDF": (".pdf", made.printed(author="Amina B"), {"author": "Amina B"}),
    "author of a text": (".docx", made.word(author="Amina B"), {"author": "Amina B"}),
    "comment in a text": (".docx", made.word(comment=True), {"comments": 1}),
    "tracked change": (".docx", made.word(tracked=True), {"changes": 1}),
    "author of a sheet": (".xlsx", made.sheet(author="Amina B"), {"author": "Amina B"}),
    "comment in a sheet": (".xlsx", made.sheet(comment=True), {"comments": 1}),
    "author of an open document": (
        ".odt",
        made.opened_document(meta="<meta:initial-creator>Amina B</meta:initial-creator><dc:creator>Bruno</dc:creator>"),
        {"author": "Amina B", "last_by": "Bruno"},
    ),
    "author of rich text": (
        ".rtf",
        rb"{\rtf1{\info{\author Amina B}{\operator Bruno}}x}",
        {"author": "Amina B", "last_by": "Bruno"},
    ),
    "place in a picture of a text": (
        ".docx",
        made.with_parts(made.word(), add={"word/media/image1.jpg": made.picture(place=True)}),
        {"place": "46.2000 N, 6.1500 E"},
    ),
    "comment in a PDF": (".pdf", made.on_page(made.area("/Text", Contents=made.TextStringObject("?"))), {"comments": 1}),
}


@pytest.mark.parametrize("case", HIDING)
def test_hidden_details_are_found_and_taken_out_and_the_text_stays(case):
    extension, raw, expected = HIDING[case]
    before = read(extension, raw)
    assert {name: before["hidden"].get(name) for name in expected} == expected
    _said, cleaned = parent.run("clean", extension, io.BytesIO(raw))
    after = read(extension, cleaned)
    assert set(after["hidden"]) & set(expected) == ({"changes"} if "changes" in expected else set())
    assert after["texts"] == before["texts"]
    assert b"Amina B" not in cleaned
    assert b"Colleague" not in cleaned


def test_what_word_and_excel_made_opens_again_after_cleaning():
    import docx
    import openpyxl

    for extension, raw, opens in (
        (".docx", made.word(author="A", comment=True), docx.Document),
        (".xlsx", made.sheet(author="A", comment=True), openpyxl.load_workbook),
    ):
        _said, cleaned = parent.run("clean", extension, io.BytesIO(raw))
        opens(io.BytesIO(cleaned))


def test_a_picture_is_kept_turned_as_it_is_shown_and_without_the_place(draft):
    from PIL import Image

    file = attach(draft, "photo.jpg", made.picture(size=(64, 48), place=True, author="Amina B", turned=True))
    with file.file.open("rb") as stream:
        raw = stream.read()
    assert Image.open(io.BytesIO(raw)).size == (48, 64)
    assert not Image.open(io.BytesIO(raw)).getexif()
    assert b"Amina B" not in raw


# What a PDF could do ----------------------------------------------------------------------------------------------------

DOES = {
    "script": made.rooted(
        Names=made.named(JavaScript=made.named(Names=made.ArrayObject([made.TextStringObject("a"), made.script()])))
    ),
    "opening": made.rooted(OpenAction=made.script()),
    "embedded": made.attached(),
    "xfa": made.xfa(),
    "sending": made.on_page(
        made.area("/Link", A=made.named(S=made.NameObject("/SubmitForm"), F=made.TextStringObject("http://x")))
    ),
    "media": made.on_page(made.area("/RichMedia")),
    "locked": made.armed(lambda _writer, _page: None, password=""),
}


@pytest.mark.parametrize("hazard", DOES)
def test_what_a_pdf_could_do_is_found_and_taken_out(hazard):
    assert hazard in read(".pdf", DOES[hazard])["hazards"]
    said, cleaned = parent.run("harmless", ".pdf", io.BytesIO(DOES[hazard]))
    assert hazard in said["cleaned_of"]
    assert read(".pdf", cleaned)["hazards"] == []
    assert b"JavaScript" not in cleaned


def test_a_password_and_a_program_are_found():
    assert read(".pdf", made.armed(lambda _w, _p: None, password="secret"))["hazards"] == ["encrypted"]
    assert "launch" in read(".pdf", made.rooted(OpenAction=made.launch()))["hazards"]


def test_going_to_a_page_when_opened_is_no_hazard():
    assert (
        read(".pdf", made.rooted(OpenAction=made.ArrayObject([made.NumberObject(0), made.NameObject("/Fit")])))["hazards"]
        == []
    )


# In a draft, and after it was sent --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_script_in_a_draft_is_taken_out_and_its_author_is_told(draft):
    file = attach_and_read(draft, "plan.pdf", DOES["script"])
    assert (file.cleaned_of, file.extract.hazards, file.is_held, file.verdict) == (["script"], [], False, "waiting")
    with file.file.open("rb") as stream:
        assert b"JavaScript" not in stream.read()


@pytest.mark.django_db
@pytest.mark.parametrize("case", ["password", "program"])
def test_what_needs_a_password_or_starts_a_program_cannot_be_sent(draft, case):
    raw = made.armed(lambda _w, _p: None, password="s") if case == "password" else made.rooted(OpenAction=made.launch())
    file = attach_and_read(draft, "plan.pdf", raw)
    assert file.is_held
    assert set(missing(draft)) == {"files"}
    operations.detach(file, by=draft.begun_by, at=NOW)
    assert missing(draft) == {}


@pytest.mark.django_db
def test_what_was_sent_before_it_was_read_stays_as_sent_and_is_held(draft, amina):
    file = attach(draft, "plan.pdf", DOES["script"])
    version = operations.submit(draft, by=amina, at=NOW)
    operations.read_waiting(at=NOW)
    file.refresh_from_db()
    assert (file.sha256, file.is_held) == (version.content["files"][0]["sha256"], True)
    assert not file.is_servable


@pytest.mark.django_db
def test_a_change_to_what_was_sent_begins_with_its_files_and_cleans_them(draft, amina):
    attach(draft, "plan.pdf", DOES["script"])
    operations.submit(draft, by=amina, at=NOW)
    change = operations.amend(Submission.objects.get(pk=draft.pk), by=amina, at=NOW)
    operations.read_waiting(at=NOW)
    [sent], [fresh] = draft.attachments.all(), change.attachments.all()
    assert (sent.cleaned_of, fresh.cleaned_of) == ([], ["script"])
    assert sent.file.storage.exists(sent.file.name)


@pytest.mark.django_db
def test_hidden_details_go_on_the_word_of_their_author_and_only_from_a_draft(
    draft, amina, django_capture_on_commit_callbacks
):
    file = attach_and_read(draft, "plan.docx", made.word(author="Amina B"))
    old = file.file.name
    with django_capture_on_commit_callbacks(execute=True):
        fresh = operations.remove_hidden(file, by=amina, at=NOW)
    operations.read_waiting(at=NOW)
    assert fresh.pk == file.pk
    assert "author" not in Extract.objects.get(attachment=fresh).hidden
    assert not fresh.file.storage.exists(old)
    operations.submit(draft, by=amina, at=NOW)
    with pytest.raises(Refused, match="was sent"):
        operations.remove_hidden(fresh, by=amina, at=NOW)


@pytest.mark.django_db
def test_a_file_that_a_sent_version_names_keeps_its_bytes_when_its_successor_is_cleaned(amina):
    draft = make_submission(status="draft", by=amina)
    file = attach(draft, "plan.docx", made.word(author="Amina B"))
    version = operations.submit(draft, by=amina, at=NOW)
    Submission.objects.filter(pk=draft.pk).update(status="clarification_asked")
    file.submission.refresh_from_db()
    fresh = operations.remove_hidden(file, by=amina, at=NOW)
    file.refresh_from_db()
    assert fresh.pk != file.pk
    assert file.sha256 == version.content["files"][0]["sha256"]
    assert [kept.pk for kept in draft.attachments.kept()] == [fresh.pk]


@pytest.mark.django_db
def test_the_text_of_a_file_is_nowhere_on_the_public_side_by_itself(client):
    published = make_published()
    assert client.get(f"/en/inputs/{published.reference}/").status_code == 200
    assert Extract.objects.count() == 0


# A file that hurts its reader -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_marked_and_holds_up_no_other(draft):
    attach(draft, "broken.pdf", b"%PDF-1.7\n" + b"\x00" * 2000)
    attach(draft, "fine.txt", b"Figures of nine missions.")
    for _sweep in range(3):
        operations.read_waiting(at=NOW)
    found = dict(Attachment.objects.values_list("name", "reading"))
    assert found == {"broken.pdf": "failed", "fine.txt": "read"}
    assert Attachment.objects.get(name="broken.pdf").is_held
    assert operations.read_waiting(at=NOW) == 0


CHILD = """
import sys
from submissions.extracting import limits
{sabotage}
limits.confine()
{act}
"""
ACTS = {
    "memory": "x = bytearray(700 * 1024 * 1024)",
    "network": "import socket; socket.create_connection(('127.0.0.1', {port}), 2).close()",
    "programs": "import subprocess; subprocess.run(['true'], check=True)",
    "room on the disk": "open(sys.argv[1], 'wb').write(bytes(80 * 1024 * 1024))",
}


def confined(act, tmp_path, *, sabotage=""):
    code = CHILD.format(act=act, sabotage=sabotage)
    return subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "out")], cwd=parent.ROOT, capture_output=True, check=False
    )


@pytest.fixture
def listener():
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("act", ACTS)
def test_the_child_has_no(act, tmp_path, listener):
    assert confined(ACTS[act].replace("{port}", str(listener)), tmp_path).returncode != 0


@pytest.mark.parametrize("act", ACTS)
def test_control_a_child_that_does_not_confine_itself_has(act, tmp_path, listener):
    done = confined(ACTS[act].replace("{port}", str(listener)), tmp_path, sabotage="limits.confine = lambda: None")
    assert done.returncode == 0, done.stderr[-500:]


def test_a_child_that_computes_without_end_is_ended(tmp_path):
    done = confined("while True: pass", tmp_path, sabotage="limits.CPU_SECONDS = 1")
    assert done.returncode != 0


def test_what_the_child_says_is_bounded_and_its_environment_holds_no_secret(monkeypatch):
    seen = {}
    honest = subprocess.run

    def spy(command, **options):
        seen.update(options["env"])
        return honest(command, **options)

    monkeypatch.setattr(parent.subprocess, "run", spy)
    assert json.dumps(read(".txt", b"x" * 3_000_000)).__len__() < 2_100_000
    assert set(seen) == {"PATH", "LANG", "PYTHONDONTWRITEBYTECODE", "TMPDIR"}
