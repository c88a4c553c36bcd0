"""PDF and DOCX say all that the page of an input says, and nothing that no page says; what they say changes the stamp."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils.translation import override
from docx import Document
from pypdf import PdfReader

from forums import printing
from forums.models import GuidingPrinciple, OfficialDocument
from submissions import operations
from submissions.models import Attachment, PrintedInput, PublishedInput, Submission, Use
from submissions.operations.printing_inputs import bytes_of
from submissions.operations.publishing import show_co_sponsors_anew
from submissions.operations.showing_files import show_files_anew
from submissions.paper.contents import paper_of
from tests.factories import NOW, make_draft, make_organisation, make_proposal, make_published, tick_everything

pytestmark = pytest.mark.django_db
WITH_FONTS = pytest.mark.skipif(not printing.has_font(ord("a")), reason="the Noto fonts of Debian are not installed here")
LATER = NOW + timedelta(hours=1)
SAID = (
    *("Harbour Light", "Together with", "Northern Bridge", "(accredited)", "Also on behalf of", "Choir of the Quay"),
    *("Named by the lead; the portal did not ask these bodies.", "Guiding principles", "(f) Human rights"),
    *("Corrected:", "What you read here is the corrected text.", "This version received", "public until"),
    *("Additions", "/Add.1", "Annex on fees", "Fees by corridor, 2024.", "Used in", "A/80/1", "Background note"),
    *("para. 12", "On fees.", "English · original", "French · Translated by the Network."),
    *("Harbour Light, Northern Bridge, “Consular help", "input to the International Migration Review Forum 2026,"),
    *("20 January 2026. Available at", "/en/inputs/IMRF-2026-I-00001/", "Ten missions now answer"),
)
UNSAID = ("zqrefused", "zqcontact", "zqdeskfile", "zqnote", "zqwaiting")


def publish(draft, ravi, elena):
    operations.submit(draft, by=draft.begun_by, at=NOW)
    sent = Submission.objects.get(pk=draft.pk)
    operations.take_up(sent, by=ravi, at=NOW)
    tick_everything(sent, ravi, NOW)
    operations.accept(sent, by=ravi, at=NOW)
    operations.publish(sent, by=elena, at=NOW, files_may_follow=True)
    return Submission.objects.get(pk=sent.pk)


def attach(draft, name, **fields):
    made = operations.attach(draft, ContentFile(b"words", name=name), by=draft.begun_by, at=NOW)
    Attachment.objects.filter(pk=made.pk).update(**fields)


@pytest.fixture
def submission(forum, amina, ravi, elena, settings, tmp_path):
    """With everything that a page may say of an input, and words in places that no page shows."""
    settings.MEDIA_ROOT = tmp_path
    lead = make_organisation("Harbour Light", focal_point=amina)
    draft = make_draft(organisation=lead, by=amina, contact_email="zqcontact@example.org")
    draft.principles.add(GuidingPrinciple.objects.create(number=6, letter="f", title="Human rights"))
    attach(draft, "zqdeskfile.txt", public=False)
    attach(draft, "zqwaiting.txt", verdict="waiting")
    sent = publish(Submission.objects.get(pk=draft.pk), ravi, elena)
    operations.add_note(sent, by=ravi, at=NOW, text="zqnote")
    operations.approve(make_proposal(sent), by=elena, at=NOW, files_may_follow=True)
    operations.approve(make_proposal(sent, "addition"), by=elena, at=NOW)
    operations.refuse(make_proposal(sent, "addition", title="zqrefused"), by=elena, at=NOW, reason="Off topic.")
    note = OfficialDocument.objects.create(forum=forum, kind="background_note", symbol="A/80/1", title="Background note")
    sent = Submission.objects.get(pk=sent.pk)
    operations.record_use(sent, document=note, place="para. 12", note="On fees.", by=elena, at=NOW)
    french = {"language": "fr", "title": "Aide consulaire", "summary": "Ce que neuf missions ont changé."}
    operations.write_translation(sent, **french, origin="official", by=elena, at=NOW)
    bodies = [("Northern Bridge", True, False), ("Choir of the Quay", False, True)]
    beside = [
        {"name": name, "language": "en", "slug": "", "organisation": None, "admitted": admitted, "on_behalf": on_behalf}
        for name, admitted, on_behalf in bodies
    ]
    PublishedInput.objects.filter(submission=sent).update(co_sponsors=beside)
    return sent


def printed(submission, form, language="en"):
    row = PublishedInput.objects.select_related("version", "forum").get(submission=submission)
    return bytes_of(PrintedInput(published=row, form=form, language=language))


def words_of_docx(made):
    document = Document(BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(part.text for part in document.paragraphs), *cells])


def words_of_pdf(made):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)


def squeezed(text):
    return "".join(text.split())


@WITH_FONTS
def test_a_pdf_says_all_that_the_page_says_and_nothing_else(submission):
    made = printed(submission, "pdf")
    words = squeezed(words_of_pdf(made))
    assert [said for said in SAID if squeezed(said).strip("()") not in words] == []
    assert [said for said in UNSAID if said in words] == []
    root = PdfReader(BytesIO(made)).trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], "/StructTreeRoot" in root) == (True, True)
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_a_docx_says_all_that_the_page_says_and_nothing_else(submission):
    words = words_of_docx(printed(submission, "docx"))
    assert [said for said in SAID if said not in words] == []
    assert [said for said in UNSAID if said in words] == []


def test_the_reader_finds_title_and_summary_in_their_language_and_where_they_come_from(submission):
    words = words_of_docx(printed(submission, "docx", "fr"))
    assert "Traduite par le Réseau." in words
    assert "Aide consulaire" in words
    assert "Ce que neuf missions ont changé." in words
    assert "Consular help for seasonal workers" in words  # the input itself is what its author wrote
    assert "Aide consulaire" not in words_of_docx(printed(submission, "docx", "en"))


def test_in_arabic_what_stands_around_the_text_runs_from_right_to_left(submission):
    document = Document(BytesIO(printed(submission, "docx", "ar")))
    told = next(part for part in document.paragraphs if "متاحة على الرابط التالي" in part.text)
    assert told._p.pPr.xpath("w:bidi")
    assert told.text.endswith("/ar/inputs/IMRF-2026-I-00001/.")
    runs = {run.text: bool(run._r.xpath("w:rPr/w:rtl")) for run in told.runs}
    assert (runs["Harbour Light"], runs["، «"]) == (False, True)
    assert not runs[next(words for words in runs if words.startswith("http"))]


def test_an_input_that_the_desk_recorded_says_so_and_where_it_stands(forum):
    published = make_published()
    source = {"source_url": "https://source.example/a", "source_title": "Call for sign-ons", "source_seen": "2022-02"}
    PublishedInput.objects.filter(pk=published.pk).update(recorded_by_desk=True, title_is_described=True, **source)
    row = PublishedInput.objects.select_related("version", "forum").get()
    with override("en"):
        paper = paper_of(row, "en")
    assert paper.notes == (
        "The title describes the input; its source gives it no title of its own.",
        "The desk recorded this input on behalf of its author.",
    )
    assert dict(paper.lines)["Source"] == "Call for sign-ons https://source.example/a (date given there: 2022-02)"


def test_whatever_a_paper_says_beside_the_text_changes_its_stamp(submission, elena):
    addition = make_proposal(submission, "addition", title="Second annex")
    correction = {"text": "Eleven missions.", "at": LATER}
    arabic = {"language": "ar", "title": "مساعدة", "summary": "", "origin": "official"}
    acts = [
        lambda at: operations.approve(addition, by=elena, at=at),
        lambda at: operations.stop_showing(addition, by=elena, at=at, reason="It names a person."),
        lambda at: operations.remove_use(Use.objects.get(), by=elena, at=at),
        lambda at: operations.write_translation(submission, **arabic, by=elena, at=at),
        lambda at: show_files_anew(submission.pk, at=at),  # a file of it was found clean, or is held again
        lambda at: show_co_sponsors_anew(submission, at=at),
        lambda at: operations.approve(make_proposal(submission, **correction), by=elena, at=at, files_may_follow=True),
    ]
    stamps = [PublishedInput.objects.get(submission=submission).stamp]
    for number, act in enumerate(acts, start=1):
        act(LATER + timedelta(minutes=number))
        stamps.append(PublishedInput.objects.get(submission=submission).stamp)
    assert stamps == sorted(set(stamps))
