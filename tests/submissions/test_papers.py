"""PDF and DOCX of a published input: made once by a sweep, served while it is public, made anew when it changes."""

from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from forums import printing
from imrf_portal.invariants.stored_files import all_bytes_have_their_row, every_file_has_its_bytes
from submissions import operations
from submissions.models import PrintedInput, PublishedInput, Submission
from submissions.tasks import print_input
from tests.factories import NOW, make_organisation, make_published

pytestmark = pytest.mark.django_db
WITH_FONTS = pytest.mark.skipif(not printing.has_font(ord("a")), reason="the Noto fonts of Debian are not installed here")
TEXT = """# Nine missions

They **answer** in *four* languages.

- one
  - one of one
- two

> a word of a worker

| month | answers |
|---|---|
| May | 12 |

See <https://example.org/a>."""


@pytest.fixture(autouse=True)
def own_files(tmp_path, monkeypatch):
    """Files of this test only, so that what lies there is known."""
    default_storage.exists("")  # it is there from here on
    for name in ("base_location", "location"):
        monkeypatch.setitem(vars(default_storage._wrapped), name, str(tmp_path))


@pytest.fixture
def published(forum):
    return make_published(title="Consular help & “more”", text=TEXT, organisation=make_organisation("Harbour Light"))


def address(published, form, language="en"):
    return f"/{language}/inputs/{published.reference}.{form}"


def ask(client, published, form, language="en", at=NOW):
    """Look at the address, and do what the worker was told by that."""
    with pretended_worker() as told:
        assert client.get(address(published, form, language)).status_code == 202
    for key, *wanted in told:
        operations.print_on_request(key, form=wanted[0], language=wanted[1], at=at)


@contextmanager
def pretended_worker():
    """What the page tells a worker, as arguments of its task."""
    told = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("submissions.views.papers.look_soon", lambda task, about: told.append(about))
        yield told


def made(client, published, form, language="en"):
    """The bytes, after asking and waiting for the worker."""
    ask(client, published, form, language)
    answer = client.get(address(published, form, language))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


@WITH_FONTS
def test_a_pdf_says_what_the_page_says(client, published):
    reader = PdfReader(BytesIO(made(client, published, "pdf")))
    words = "".join("\n".join(page.extract_text() for page in reader.pages).split())
    for said in (
        published.reference,
        "HarbourLight",
        "Ninemissions",
        "awordofaworker",
        f"/en/inputs/{published.reference}/",
    ):
        assert said in words
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en", True)
    assert "/StructTreeRoot" in root
    assert reader.metadata.title == f"Consular help & “more” ({published.reference})"
    assert [str(each.title) for each in reader.outline if not isinstance(each, list)] == ["Consular help & “more”"]


@WITH_FONTS
def test_each_language_of_the_page_has_its_own(client, forum):
    published = make_published(title="حماية العمال", language="ar", text="تجيب تسع بعثات.", summary="")
    for language in ("ar", "zh-hans"):
        reader = PdfReader(BytesIO(made(client, published, "pdf", language)))
        assert reader.trailer["/Root"]["/Lang"] == language
    assert PrintedInput.objects.count() == 2


def test_a_docx_has_real_headings_lists_and_tables(client, published):
    document = Document(BytesIO(made(client, published, "docx")))
    styled = [(part.style.name, part.text) for part in document.paragraphs]
    assert ("Heading 1", "Consular help & “more”") in styled
    assert ("Heading 3", "Nine missions") in styled
    assert ("List Bullet", "one") in styled
    assert ("List Bullet 2", "one of one") in styled
    assert ("Quote", "a word of a worker") in styled
    assert [cell.text for cell in document.tables[1].rows[1].cells] == ["May", "12"]
    bold = [run.text for part in document.paragraphs for run in part.runs if run.bold]
    assert "answer" in bold
    assert document.core_properties.title == "Consular help & “more”"
    assert (document.core_properties.author, document.core_properties.language) == ("Harbour Light", "en-GB")


def test_an_arabic_text_runs_from_right_to_left_in_a_docx(client, forum):
    published = make_published(title="حماية العمال", language="ar", text="تجيب تسع بعثات.")
    document = Document(BytesIO(made(client, published, "docx")))
    (text,) = (part for part in document.paragraphs if part.text == "تجيب تسع بعثات.")
    assert text._p.pPr.find(qn("w:bidi")) is not None
    assert text.runs[0]._r.rPr.find(qn("w:lang")).get(qn("w:bidi")) == "ar-SA"


def test_while_it_is_made_the_page_says_so_and_no_cache_keeps_that(client, published):
    answer = client.get(address(published, "pdf"))
    assert (answer.status_code, "no-store" in answer.headers["Cache-Control"]) == (202, True)
    assert "being made" in answer.content.decode()
    assert not answer.cookies
    assert answer.headers["Retry-After"] == "10"


def test_looking_writes_nothing_and_tells_a_worker_what_is_wanted(client, published):
    with pretended_worker() as told, CaptureQueriesContext(connection) as said:
        client.get(address(published, "docx"))
        client.head(address(published, "docx"))
    assert not [one["sql"] for one in said.captured_queries if not one["sql"].startswith("SELECT")]
    assert told == [(published.pk, "docx", "en")] * 2
    assert not PrintedInput.objects.exists()
    print_input(*told[0])
    print_input(*told[0])
    assert PrintedInput.objects.get().file


@pytest.mark.parametrize("wanted", [("exe", "en"), ("docx", "tlh")])
def test_a_worker_makes_only_papers_that_there_are(published, wanted):
    print_input(published.pk, *wanted)
    print_input(published.pk + 1, "docx", "en")
    assert not PrintedInput.objects.exists()


def test_it_is_made_once_and_given_as_a_download_that_runs_nothing(client, published):
    made(client, published, "docx")
    assert operations.print_inputs(at=NOW) == 0
    answer = client.get(address(published, "docx"))
    assert f'filename="{published.reference}_en.docx"' in answer.headers["Content-Disposition"]
    assert (answer.headers["X-Content-Type-Options"], "sandbox" in answer.headers["Content-Security-Policy"]) == (
        "nosniff",
        True,
    )
    assert client.get(address(published, "docx"), HTTP_IF_NONE_MATCH=answer.headers["ETag"]).status_code == 304


def test_from_the_take_down_it_is_not_given_and_the_next_sweep_removes_it(
    client, published, django_capture_on_commit_callbacks
):
    made(client, published, "docx")
    submission = Submission.objects.get(pk=published.submission_id)
    operations.take_down(submission, by=submission.reviewer, at=NOW + timedelta(hours=1), reason="Names a person.")
    assert client.get(address(published, "docx")).status_code == 410
    stored = PrintedInput.objects.get().file
    with django_capture_on_commit_callbacks(execute=True):
        operations.print_inputs(at=NOW + timedelta(hours=2))
    assert not PrintedInput.objects.exists()
    assert not stored.storage.exists(stored.name)


def test_when_what_it_shows_changes_it_is_made_anew(client, published, django_capture_on_commit_callbacks):
    before = made(client, published, "docx")
    PublishedInput.objects.update(organisation_name="Another Name", changed_at=NOW + timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, published, "docx", at=NOW + timedelta(hours=1))
    after = b"".join(client.get(address(published, "docx")).streaming_content)
    assert (before == after, "Another Name" in [part.text for part in Document(BytesIO(after)).paragraphs]) == (False, True)
    assert list(every_file_has_its_bytes()) == list(all_bytes_have_their_row()) == []


def test_one_that_cannot_be_made_says_why_and_holds_up_no_other(client, published, monkeypatch):
    monkeypatch.setattr(printing, "has_font", lambda point: False)
    for form in ("pdf", "docx"):
        operations.ask_input(published, form=form, language="en", at=now())
    operations.print_inputs(at=NOW)
    refused = client.get(address(published, "pdf"))
    assert (refused.status_code, "no font for" in refused.content.decode()) == (503, True)
    assert client.get(address(published, "docx")).status_code == 200


def test_a_text_that_breaks_the_maker_holds_up_no_other(client, published, monkeypatch):
    def breaks(paper, language):
        raise RecursionError

    monkeypatch.setitem(operations.printing_inputs.MAKERS, "pdf", breaks)
    for form in ("pdf", "docx"):
        operations.ask_input(published, form=form, language="en", at=now())
    assert operations.print_inputs(at=NOW) == 2
    assert client.get(address(published, "pdf")).status_code == 503
    assert client.get(address(published, "docx")).status_code == 200
