"""A form filled in without the network: answers are found again, nothing is taken over unseen, nothing hostile is opened."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from forums.refusals import Refused
from submissions import operations
from submissions.models import Submission
from submissions.questions.conditions import fitting
from submissions.questions.fields import field_of
from submissions.questions.offline.comparing import lines_of
from submissions.questions.offline.reading import read
from submissions.questions.offline.writing import docx_of
from tests.factories import NOW, ask_form, make_draft, make_form
from tests.submissions.test_form_answers import EVERY_KIND, KEPT

pytestmark = pytest.mark.django_db
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture
def form(call):
    form = make_form(*EVERY_KIND)
    ask_form(call, form)
    return form


@pytest.fixture
def mine(client, call, amina, organisation, form):
    client.force_login(amina)
    return make_draft(call=call, by=amina, organisation=organisation)


def document(form, answers=None, *, right_to_left=False):
    return docx_of(form, title="Review", about=["For the demo"], language="en", right_to_left=right_to_left, answers=answers)


def upload(content, name="form.docx"):
    return SimpleUploadedFile(name, content)


def answers_in(form, content):
    fields = {question.field: field_of(question, "en") for question in form.asked}
    return {line.question.key: line.found for line in lines_of(form, read(upload(content)), {}, fields) if line.found}


def filled(content, **cells):
    """The document with words typed into the first cell of the box of each key, as somebody would in an office program."""
    paper = Document(io.BytesIO(content))
    body, key = paper.element.body, ""
    for block in list(body):
        text = "".join(part.text or "" for part in block.iter() if part.tag.endswith("}t"))
        if "⟦" in text:
            key = text.strip("⟦⟧ ")
        elif block.tag.endswith("}tbl") and key in cells:
            table = next(table for table in paper.tables if table._tbl is block)
            cells[key](table) if callable(cells[key]) else setattr(table.cell(0, 0), "text", cells[key])
            key = ""
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def rezipped(content, part, change):
    """The document with one part changed."""
    source, out = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            data = source.read(name)
            made.writestr(name, change(data) if name == part else data)
    return out.getvalue()


# There and back -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("right_to_left", [False, True])
def test_every_answer_of_a_draft_comes_back_from_its_document_as_it_was(form, right_to_left):
    assert answers_in(form, document(form, KEPT, right_to_left=right_to_left)) == KEPT


def test_a_blank_form_holds_no_answer(form):
    assert answers_in(form, document(form)) == {}


def test_what_is_typed_into_a_blank_form_is_found(form):
    def tick(table):
        table.cell(1, 0).text = "X"

    def fill(table):
        table.cell(1, 0).text, table.cell(1, 1).text = "Hotline", "2023"

    content = filled(document(form), what="First.\nSecond.", people="1 250", how_far=tick, by_what=tick, measures=fill)
    assert answers_in(form, content) == {
        "what": "First.\nSecond.",
        "people": "1250",
        "how_far": "partly",
        "by_what": ["money"],
        "measures": [{"measure": "Hotline", "year": "2023"}],
    }


@pytest.mark.parametrize("lost", [b"\xe2\x9f\xa6", b"w:bookmarkStart"])
def test_a_question_is_found_by_its_mark_or_by_its_bookmark(form, lost):
    content = rezipped(
        document(form, KEPT),
        "word/document.xml",
        lambda data: data.replace(lost, b"w:proofErr" if lost[:1] == b"w" else b"("),
    )
    assert answers_in(form, content) == KEPT


def test_bold_words_points_and_headings_become_the_light_marks_of_the_portal(form):
    def write(table):
        cell = table.cell(0, 0)
        cell.paragraphs[0].add_run("Nine ")
        cell.paragraphs[0].add_run("missions").bold = True
        cell.add_paragraph("one", style="List Bullet")
        cell.add_paragraph("Since", style="Heading 2")

    assert answers_in(form, filled(document(form), what=write))["what"] == "Nine **missions**\n- one\n## Since"


# What cannot be read is said ------------------------------------------------------------------------------------------


def test_what_cannot_be_read_is_said_question_by_question(client, mine, form):
    def two(table):
        table.cell(0, 0).text = table.cell(1, 0).text = "x"

    def narrow(table):
        for row in table.rows:
            row._tr.remove(row._tr.tc_lst[-1])

    content = filled(document(form), people="many", since="last May", how_far=two, measures=narrow, where="Nairobi")
    page = client.post(reverse("submissions:bring_in", args=[mine.pk]), {"file": upload(content)})
    lines = {line.question.key: line for line in page.context["lines"]}
    assert {key for key, line in lines.items() if line.state == "trouble"} == {"people", "since", "how_far", "measures"}
    assert lines["where"].state == "new"
    text = page.content.decode()
    for words in ("many", "last May", "More than one is ticked", "The columns of the table were changed"):
        assert words in text


def test_a_document_of_another_form_is_said_and_its_strangers_stay_out(client, mine):
    other = make_form(("what", "long"), ("stranger", "long"))
    content = document(other, {"what": "Here", "stranger": "There"})
    page = client.post(reverse("submissions:bring_in", args=[mine.pk]), {"file": upload(content)})
    assert page.context["other_form"]
    assert page.context["strangers"] == ["stranger"]
    assert {line.question.key for line in page.context["lines"] if line.can_be_taken} == {"what"}


# Nothing is taken over unseen -----------------------------------------------------------------------------------------


def now_of(draft):
    return Submission.objects.get(pk=draft.pk)


def posted(page, *keys):
    """What the page would post with these ticked: its hidden fields and nothing else."""
    form, data = page.context["form"], {"edition": page.context["submission"].edition, "take": ["", *keys]}
    data["asks"] = str(page.context["submission"].form_version_id)
    for line in page.context["lines"]:
        if not line.can_be_taken:
            continue
        name, value = line.question.field, line.found
        if line.question.kind == "table":
            data |= {f"{name}-{n}-{key}": cell for n, row in enumerate(value) for key, cell in row.items()}
        else:
            data[name] = value
    assert {line.question.field for line in page.context["lines"]} <= set(form.fields)
    return data


def test_a_dry_run_changes_nothing_and_what_would_replace_an_answer_is_not_ticked(client, mine, form):
    operations.revise(mine, by=mine.begun_by, at=NOW, edition=mine.edition, answers={"where": "Mombasa", "consulted": "yes"})
    page = client.post(reverse("submissions:bring_in", args=[mine.pk]), {"file": upload(document(form, KEPT))})
    assert now_of(mine).answers == {"where": "Mombasa", "consulted": "yes"}
    states = {line.question.key: line.state for line in page.context["lines"]}
    assert (states["where"], states["consulted"], states["what"]) == ("overwrites", "same", "new")
    text = page.content.decode()
    assert 'value="what" checked' in text
    assert 'value="where">' in text
    assert "Mombasa" in text


def test_only_what_is_ticked_is_taken_over(client, mine, form):
    operations.revise(mine, by=mine.begun_by, at=NOW, edition=mine.edition, answers={"where": "Mombasa"})
    address = reverse("submissions:bring_in", args=[mine.pk])
    page = client.post(address, {"file": upload(document(form, KEPT))})
    assert client.post(address, posted(page, "what", "measures", "by_what")).status_code == 302
    taken = {key: KEPT[key] for key in ("what", "measures", "by_what")}
    assert now_of(mine).answers == {"where": "Mombasa", **taken}
    page = client.post(address, {"file": upload(document(form, KEPT))})
    client.post(address, posted(page, *(set(KEPT) - {"where"}), "where"))
    assert now_of(mine).answers == KEPT


def test_a_draft_that_was_saved_meanwhile_is_not_overwritten(client, mine, form):
    address = reverse("submissions:bring_in", args=[mine.pk])
    page = client.post(address, {"file": upload(document(form, KEPT))})
    data = posted(page, "where")
    operations.revise(mine, by=mine.begun_by, at=NOW, edition=now_of(mine).edition, answers={"where": "Typed meanwhile"})
    answer = client.post(address, data, follow=True)
    assert "nothing was taken over" in answer.content.decode()
    assert now_of(mine).answers == {"where": "Typed meanwhile"}


# Hostile and broken documents -----------------------------------------------------------------------------------------


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    f"<w:document {NAMESPACE}>&b;</w:document>"
)
STEAL = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    f"<w:document {NAMESPACE}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: BOMB.encode(),
        lambda data: STEAL.encode(),
        lambda data: b"<broken",
        lambda data: b"",
        lambda data: data.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 4_000_000),
        lambda data: data.replace("⟦".encode(), b"").replace(b"imrf_q_", b"other_"),
    ],
    ids=["bomb of entities", "file of the server", "broken", "empty", "too long", "marks gone"],
)
def test_hostile_and_broken_documents_are_refused_with_a_sentence(client, mine, form, change):
    content = rezipped(document(form, KEPT), "word/document.xml", change)
    page = client.post(reverse("submissions:bring_in", args=[mine.pk]), {"file": upload(content)})
    assert page.status_code == 200
    assert page.context["refused"]
    assert "lines" not in page.context
    assert "root:" not in page.content.decode()
    assert now_of(mine).answers == {}


@pytest.mark.parametrize(
    ("content", "name"), [(b"MZ not a zip", "form.docx"), (b"%PDF-1.7", "form.pdf"), (b"", "form.docx")]
)
def test_what_is_no_docx_is_refused(content, name):
    with pytest.raises(Refused):
        read(upload(content, name))


def test_a_document_with_macros_is_refused(form):
    out = io.BytesIO(document(form, KEPT))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(Refused, match="macro"):
        read(upload(out.getvalue()))


def test_control_the_same_document_unharmed_is_read(form):
    assert read(upload(document(form, KEPT))).form == str(form.pk)


# Who gets what --------------------------------------------------------------------------------------------------------


def test_the_blank_form_is_public_where_the_call_is_and_in_the_language_of_its_address(client, call, form):
    answer = client.get(f"/fr/forums/{call.forum.slug}/calls/{call.slug}/form.docx")
    assert answer.status_code == 200
    assert not answer.cookies
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs)
    assert "⟦what⟧" in text
    assert answer["Content-Disposition"].endswith('_fr.docx"')


def test_a_call_without_a_form_or_that_only_the_desk_records_has_none(client, forum, call):
    assert client.get(reverse("submissions:blank_form", args=[forum.slug, call.slug])).status_code == 404
    assert client.get(reverse("submissions:blank_form", args=[forum.slug, "none"])).status_code == 404


@pytest.mark.parametrize("page", ["own_form", "bring_in"])
def test_the_documents_of_a_draft_are_its_organisations(client, mine, bruno, page):
    assert client.get(reverse(f"submissions:{page}", args=[mine.pk])).status_code == 200
    client.force_login(bruno)
    assert client.get(reverse(f"submissions:{page}", args=[mine.pk])).status_code == 404


def test_own_answers_stand_in_the_form_of_a_draft(client, mine, form):
    operations.revise(mine, by=mine.begun_by, at=NOW, edition=mine.edition, answers=KEPT)
    content = client.get(reverse("submissions:own_form", args=[mine.pk])).content
    assert answers_in(form, content) == {key: fitting(form.by_key[key], value) for key, value in KEPT.items()}
