"""A compilation holds what is public and nothing else, in three formats, resumed after a kill, given up in time."""

import re
import shutil
import subprocess
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from forums import printing
from imrf_portal.invariants.stored_files import all_bytes_have_their_row, every_file_has_its_bytes
from submissions import operations
from submissions.compilations import making
from submissions.compilations.choosing import FILTERS
from submissions.models import Compilation, CompilationFile, Submission
from tests.factories import NOW, join, make_call, make_organisation, make_proposal, make_standing, make_submission, make_user

pytestmark = pytest.mark.django_db
WITH_FONTS = pytest.mark.skipif(not printing.has_font(ord("a")), reason="the Noto fonts of Debian are not installed here")
LATER = NOW + timedelta(hours=1)
SECRETS = ("zqunsent", "zqwaits", "zqstatistics", "zqdesk", "zqaccepted", "zqgone")
ARABIC = "تجيب تسع بعثات على شكاوى العمال."
CHINESE = "九个使团以四种语言答复投诉。移徙工人得到保护。"


@pytest.fixture(autouse=True)
def own_files(tmp_path, monkeypatch):
    """Files of this test only, so that what lies there is known."""
    default_storage.exists("")  # it is there from here on
    for name in ("base_location", "location"):
        monkeypatch.setitem(vars(default_storage._wrapped), name, str(tmp_path))


@pytest.fixture(autouse=True)
def desk_clock(monkeypatch):
    """The pages of the desk are opened an hour after what was published."""
    monkeypatch.setattr("submissions.admin.compilations.now", lambda: LATER)


def sent(call, word, **fields):
    """An input whose words tell where they turn up."""
    wish, body = fields.pop("publish_as", "named"), fields.pop("organisation", None) or make_organisation(word.title())
    fields = {"status": "published", "title": f"About {word}", "summary": "", "text": f"First {word}.\n\nSecond.", **fields}
    made = make_submission(call=call, organisation=body, **fields)
    Submission.objects.filter(pk=made.pk).update(publish_as=wish)
    return made


@pytest.fixture
def crowd(forum):
    """Three that are public, in three scripts; and one of each kind that is not."""
    call = make_call(forum)
    harbour = make_organisation("Harbour Light", kind="nhri")
    make_standing(harbour, forum)
    public = [
        sent(call, "beacon", organisation=harbour, objectives=[7, 14]),
        sent(call, "manara", title="حماية العمال", text=ARABIC, language="ar", objectives=[3]),
        sent(call, "dengta", title="领事协助", text=CHINESE, language="zh-hans", objectives=[7], level="global"),
    ]
    sent(call, "zqunsent", status="draft")
    sent(call, "zqwaits", status="submitted")
    sent(call, "zqstatistics", status="accepted", publish_as="statistics")
    sent(call, "zqdesk", status="accepted", publish_as="desk")
    sent(call, "zqaccepted", status="accepted")
    gone = sent(call, "zqgone")
    operations.take_down(gone, by=gone.reviewer, at=NOW + timedelta(minutes=5), reason="Names a person.")
    return public


@pytest.fixture
def editor(db):
    return make_user("eva", staff=True, roles=["editor"])


def asked(forum, by, **fields):
    said = {"chosen": {}, "extent": "full", "order": "objective", "language": "en", "forms": ["docx", "xlsx"], "at": LATER}
    return making.ask_compilation(forum, by=by, **{**said, **fields})


def made(forum, by, **fields):
    row = asked(forum, by, **fields)
    assert making.make_compilations(at=LATER, clock=lambda: LATER) == 1
    row.refresh_from_db()
    assert (row.state, row.trouble) == ("ready", "")
    return row


def content(row, form) -> bytes:
    return row.files.get(form=form).file.read()


def words_in(row, form) -> str:
    """Every word in it, however it is packed."""
    if form == "pdf":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content(row, form))).pages)
    with zipfile.ZipFile(BytesIO(content(row, form))) as packed:
        return re.sub("<[^>]+>", "", "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist()))


# What is in it -------------------------------------------------------------------------------------------------------


@WITH_FONTS
@pytest.mark.parametrize("extent", ["excerpt", "full"])
def test_only_what_is_public_is_in_it_and_what_may_only_be_counted_is_counted(crowd, forum, editor, extent):
    row = made(forum, editor, extent=extent, forms=["docx", "xlsx", "pdf"])
    assert (row.inputs, row.counted_only) == (3, 1)
    assert set(row.holds) == {one.pk for one in crowd}
    for form in ("docx", "xlsx", "pdf"):
        words = words_in(row, form).lower()
        assert "beacon" in words
        assert [secret for secret in SECRETS if secret in words] == []
    figures = load_workbook(BytesIO(content(row, "xlsx")))["Figures"]
    lines = {line[0].value: [cell.value for cell in line[2:5]] for line in figures.iter_rows() if line[1].value}
    assert lines["National"] == [2, 1, 3]
    assert lines["National human rights institution"] == [1, 0, 1]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"objective": ["7"]}, {"beacon", "dengta"}),
        ({"objective": ["7"], "level": ["global"]}, {"dengta"}),
        ({"level": ["national", "global"]}, {"beacon", "manara", "dengta"}),
        ({"language": ["ar"]}, {"manara"}),
        ({"kind": ["nhri"]}, {"beacon"}),
        ({"country": ["KEN"]}, {"beacon", "manara", "dengta"}),
        ({"round_table": ["2"]}, {"beacon"}),  # objectives 2, 6, 10, 14
        ({"region": ["ECE"]}, {"beacon", "manara", "dengta"}),  # there is no such region here, so it is no filter
    ],
)
def test_filters_narrow_what_it_takes(crowd, forum, editor, chosen, expected):
    row = made(forum, editor, chosen=chosen, forms=["xlsx"])
    bodies = dict(zip((one.pk for one in crowd), ("beacon", "manara", "dengta"), strict=True))
    assert {bodies[key] for key in row.holds} == expected


def test_each_input_stands_once_in_the_order_asked_and_is_numbered_through(crowd, forum, editor):
    row = made(forum, editor, forms=["xlsx"])
    book = load_workbook(BytesIO(content(row, "xlsx")))
    inputs = [[cell.value for cell in line] for line in book["Inputs"].iter_rows(min_row=2)]
    assert [(line[3], line[-2], line[-1]) for line in inputs] == [
        ("Manara", 1, 1),
        ("Dengta", 2, 2),
        ("Harbour Light", 3, 4),
    ]
    numbers = [line[0].value for line in book["Paragraphs"].iter_rows(min_row=2)]
    assert numbers == [1, 2, 3, 4]
    index = {line[0].value: line[1].value for line in book["Index of objectives"].iter_rows(min_row=2)}
    assert index == {"3. O3": "1", "7. O7": "2; 3–4", "14. O14": "3–4"}
    assert inputs[2][6:8] == ["ecosoc", "ecosoc"]  # the standing, its code beside it


# The formats ----------------------------------------------------------------------------------------------------------


@WITH_FONTS
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pdf_is_tagged_and_its_parts_hang_together(crowd, forum, editor, language, monkeypatch):
    monkeypatch.setattr("submissions.compilations.pdf.MOST_ENTRIES", 1)  # a part for each input
    reader = PdfReader(BytesIO(content(made(forum, editor, forms=["pdf"], language=language), "pdf")))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (language, True)
    nums = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    keys = [int(key) for key in nums[::2]]
    assert keys == sorted(set(keys))
    pages = [int(page["/StructParents"]) for page in reader.pages]
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", ())]
    assert len(set(pages)) == len(pages) >= 5
    assert {*pages, *(int(note["/StructParent"]) for note in notes)} <= set(keys)
    (document,) = root["/StructTreeRoot"]["/K"]
    assert document.get_object()["/S"] == "/Document"
    assert all(kid.get_object()["/P"].get_object() == document.get_object() for kid in document.get_object()["/K"])
    within = [note for note in notes if "/Dest" in note]
    assert len(within) > 10
    assert not [note for note in notes if str(note.get("/A", {}).get("/URI", "")).startswith("compilation:")]
    targets = {page.indirect_reference.idnum for page in reader.pages}
    assert {note["/Dest"][0].idnum if hasattr(note["/Dest"][0], "idnum") else 0 for note in within} <= {*targets, 0}
    titles = [str(each.title) for each in reader.outline if not isinstance(each, list)]
    assert len(titles) == 4 + 2  # contents, two objectives, two indexes, figures
    assert reader.page_labels[0] == "i"
    assert reader.page_labels[-1] == str(len(reader.pages) - reader.page_labels.index("1"))


@WITH_FONTS
def test_each_font_is_in_the_pdf_once_with_the_signs_of_all_parts(crowd, forum, editor, monkeypatch):
    monkeypatch.setattr("submissions.compilations.pdf.MOST_ENTRIES", 1)  # each script in a part of its own
    row = made(forum, editor, forms=["pdf"])
    reader = PdfReader(BytesIO(content(row, "pdf")), strict=True)
    reached = list(everything_in(reader))
    names = [str(each["/FontName"]) for each in reached if each.get("/Type") == "/FontDescriptor"]
    assert len(names) == len(set(names)) > 2
    words = " ".join(words_in(row, "pdf").split())
    for said in ("First beacon.", CHINESE, "About beacon", "领事协助", "Index of organisations"):
        assert said in words
    heads = [str(each["/ID"]) for each in reached if each.get("/Type") == "/StructElem" and "/ID" in each]
    assert len(heads) == len(set(heads)) > 20
    named = {str(head) for each in reached for head in each.get("/A", {}).get("/Headers", ())}
    assert named <= set(heads)


def everything_in(reader):
    """Every dictionary that the root leads to; a reference that leads nowhere is an error."""
    seen, waiting = set(), [reader.trailer]
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if each.idnum in seen:
                continue
            seen.add(each.idnum)
            each = each.get_object()
            assert each is not None
        if isinstance(each, dict):
            yield each
            waiting += [each.raw_get(name) for name in each]
        elif isinstance(each, list):
            waiting += list(each)


@WITH_FONTS
def test_what_was_added_stands_beneath_its_input_in_its_own_language(crowd, forum, editor):
    beacon = crowd[0]
    changes = {"title": "ملحق عن الرسوم", "text": ARABIC, "language": "ar"}
    added = make_proposal(beacon, "addition", **changes)
    make_proposal(crowd[2], "addition", title="About zqwaits", text="Still zqwaits.")
    operations.approve(added, by=editor, at=NOW)
    row = made(forum, editor, forms=["docx", "xlsx", "pdf"])
    assert added.version_id in row.versions
    lines = list(load_workbook(BytesIO(content(row, "xlsx")))["Paragraphs"].iter_rows(min_row=2, values_only=True))
    assert lines[-1] == (5, beacon.reference, "Harbour Light", "ar", f"{beacon.reference}/Add.1 · ملحق عن الرسوم", ARABIC)
    document = Document(BytesIO(content(row, "docx")))
    (head,) = (part for part in document.paragraphs if part.style.name == "Heading 3" and "Add.1" in part.text)
    assert head._p.pPr.find(qn("w:bidi")) is not None
    for form in ("docx", "xlsx", "pdf"):
        assert [secret for secret in SECRETS if secret in words_in(row, form).lower()] == []
    assert making.may_be_given(row, at=LATER)
    operations.stop_showing(added, by=editor, at=LATER, reason="Names a person.")
    assert not making.may_be_given(row, at=LATER)
    assert "Add.1" not in words_in(made(forum, editor, forms=["docx"], extent="excerpt"), "docx")


def test_the_docx_opens_and_each_text_has_its_language_and_direction(crowd, forum, editor):
    document = Document(BytesIO(content(made(forum, editor, forms=["docx"]), "docx")))
    headings = [part.text for part in document.paragraphs if part.style.name.startswith(("Heading", "Title"))]
    assert headings[0] == "Compilation of inputs"
    assert {"Contents", "About beacon", "حماية العمال", "领事协助", "Index of organisations", "Figures"} <= set(headings)
    (arabic,) = (part for part in document.paragraphs if ARABIC in part.text)
    assert arabic.text == f"1.\t{ARABIC}"
    assert arabic._p.pPr.find(qn("w:bidi")) is not None
    assert {run._r.rPr.find(qn("w:lang")).get(qn("w:bidi")) for run in arabic.runs} == {"ar-SA"}
    assert all(run._r.rPr.find(qn("w:rtl")) is not None for run in arabic.runs)
    (chinese,) = (part for part in document.paragraphs if CHINESE in part.text)
    assert {run._r.rPr.find(qn("w:lang")).get(qn("w:eastAsia")) for run in chinese.runs} == {"zh-CN"}
    body = document.element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert links == marks
    assert len(marks) == 3


def test_nothing_in_the_xlsx_is_a_formula_and_codes_stand_beside_words(forum, editor):
    sent(make_call(forum), "beacon", title="=HYPERLINK(1)", text="=1+1\n\n+2 and @SUM\n\n-3")
    book = load_workbook(BytesIO(content(made(forum, editor, forms=["xlsx"]), "xlsx")))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert not [cell.value for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))]
    line = [cell.value for cell in book["Inputs"][2]]
    assert line[4:12] == [
        "Civil society organisation",
        "civil_society",
        "No standing recorded",
        None,
        "National",
        "national",
        "English",
        "en",
    ]
    assert line[12:14] == ["14. O14; 15. O15", "14; 15"]


@WITH_FONTS
def test_the_same_rows_make_the_same_bytes(crowd, forum, editor):
    forms = ["docx", "xlsx", "pdf"]
    first = made(forum, editor, forms=forms)
    again = made(forum, make_user(staff=True, roles=["editor"]), forms=forms)
    assert first.pk != again.pk
    assert first.fingerprint == again.fingerprint
    sums = [dict(row.files.values_list("form", "sha256")) for row in (first, again)]
    assert sums[0] == sums[1]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_the_docx_is_laid_out_by_libreoffice_without_loss(crowd, forum, editor, tmp_path):
    (tmp_path / "made.docx").write_bytes(content(made(forum, editor, forms=["docx"]), "docx"))
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "made.docx")]
    subprocess.run(command, check=True, timeout=180, capture_output=True)
    words = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "made.pdf").pages)
    assert "First beacon." in words
    assert "九个使团" in words


# Its life -------------------------------------------------------------------------------------------------------------


def test_a_worker_that_was_killed_is_taken_over_and_what_it_finished_is_kept(crowd, forum, editor, monkeypatch):
    row = asked(forum, editor, forms=["docx", "xlsx"])

    def killed(compiled, progress):
        progress()
        raise KeyboardInterrupt  # no except clause of a maker stops it, as nothing stops a kill

    with monkeypatch.context() as patched:
        patched.setitem(making.MAKERS, "docx", killed)
        with pytest.raises(KeyboardInterrupt):
            making.make_compilations(at=LATER, clock=lambda: LATER)
    row.refresh_from_db()
    assert (row.state, row.total, row.inputs) == ("being_made", 6, 3)
    kept = row.files.get()
    assert kept.form == "xlsx"
    assert making.make_compilations(at=LATER + timedelta(minutes=4), clock=lambda: LATER) == 0
    then = LATER + making.CLAIM
    assert making.make_compilations(at=then, clock=lambda: then) == 1
    row.refresh_from_db()
    assert (row.state, row.done) == ("ready", row.total)
    assert {file.form for file in row.files.all()} == {"docx", "xlsx"}
    assert row.files.get(form="xlsx").pk == kept.pk
    assert list(every_file_has_its_bytes()) == list(all_bytes_have_their_row()) == []


def test_after_a_kill_all_is_made_anew_where_its_rows_have_changed(crowd, forum, editor, monkeypatch):
    row = asked(forum, editor)
    with monkeypatch.context() as patched:
        patched.setitem(making.MAKERS, "docx", lambda compiled, progress: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            making.make_compilations(at=LATER, clock=lambda: LATER)
    kept = row.files.get()
    operations.take_down(crowd[1], by=crowd[1].reviewer, at=LATER, reason="Names a person.")
    then = LATER + making.CLAIM
    making.make_compilations(at=then, clock=lambda: then)
    row.refresh_from_db()
    assert (row.inputs, row.files.filter(pk=kept.pk).exists(), row.files.count()) == (2, False, 2)


def test_one_that_cannot_be_made_says_why(crowd, forum, editor, monkeypatch):
    monkeypatch.setitem(making.MAKERS, "docx", lambda compiled, progress: 1 / 0)
    row = asked(forum, editor, forms=["docx"])
    making.make_compilations(at=LATER, clock=lambda: LATER)
    row.refresh_from_db()
    assert (row.state, row.trouble) == ("failed", "ZeroDivisionError")


def test_asking_twice_asks_once(crowd, forum, editor):
    assert asked(forum, editor).pk == asked(forum, editor).pk
    assert asked(forum, editor, extent="excerpt").pk != asked(forum, editor).pk


def test_from_a_take_down_its_files_are_not_given_and_the_next_sweep_removes_them(crowd, forum, editor, desk_client):
    row, client = made(forum, editor), desk_client(editor)
    address = f"/admin/submissions/compilation/{row.pk}/files/docx/"
    stored = row.files.get(form="docx").file
    assert client.get(address).status_code == 200
    operations.take_down(crowd[0], by=crowd[0].reviewer, at=LATER, reason="Names a person.")
    assert client.get(address).status_code == 404
    assert "taken down" in client.get(f"/admin/submissions/compilation/{row.pk}/change/").content.decode()
    assert making.forget_compilations(at=LATER) == 1
    row.refresh_from_db()
    assert (row.state, row.files.count(), default_storage.exists(stored.name)) == ("gone", 0, False)
    assert making.forget_compilations(at=LATER) == 0


@pytest.mark.parametrize("unpublished", [False, True])
def test_from_a_redaction_its_files_are_not_given_until_it_is_lifted(crowd, forum, editor, desk_client, unpublished):
    row, client = made(forum, editor, unpublished=unpublished), desk_client(editor)
    address = f"/admin/submissions/compilation/{row.pk}/files/docx/"
    held = Submission.objects.get(title="About zqaccepted") if unpublished else crowd[0]
    why = {"kind": "safety", "reason": "It names a place.", "passage": "First"}
    redaction = operations.redact(held, by=held.reviewer, at=LATER, **why)
    assert client.get(address).status_code == 404
    operations.lift(redaction, by=held.reviewer, at=LATER, reason="The place is known.")
    assert client.get(address).status_code == 200


def test_what_is_compiled_after_a_redaction_is_without_it_and_given_out(crowd, forum, editor, desk_client):
    why = {"kind": "safety", "reason": "It names a place.", "passage": "beacon"}
    operations.redact(crowd[0], by=crowd[0].reviewer, at=NOW, **why)
    row = made(forum, editor)
    assert "beacon" not in words_in(row, "docx")
    assert desk_client(editor).get(f"/admin/submissions/compilation/{row.pk}/files/docx/").status_code == 200


@pytest.mark.parametrize(("unpublished", "days"), [(False, 365), (True, 30)])
def test_its_files_are_kept_for_a_stated_time_and_its_row_stays(crowd, forum, editor, unpublished, days):
    row = made(forum, editor, unpublished=unpublished)
    assert making.forget_compilations(at=LATER + timedelta(days=days, seconds=-1)) == 0
    assert making.forget_compilations(at=LATER + timedelta(days=days)) == 1
    row.refresh_from_db()
    assert (row.state, row.inputs > 0, CompilationFile.objects.count()) == ("gone", True, 0)


# What is not public ---------------------------------------------------------------------------------------------------


@WITH_FONTS
def test_accepted_ones_are_marked_on_every_page_and_each_reading_is_noted(crowd, forum, editor, desk_client):
    from accreditation.models import Reading

    row = made(forum, editor, unpublished=True, forms=["docx", "xlsx", "pdf"])
    assert row.inputs == 4
    reader = PdfReader(BytesIO(content(row, "pdf")))
    assert [number for number, page in enumerate(reader.pages) if "Not public" not in page.extract_text()] == []
    for form in ("docx", "xlsx", "pdf"):
        words = words_in(row, form).lower()
        assert [secret for secret in SECRETS if secret in words] == ["zqaccepted"]
    assert "Not public" in Document(BytesIO(content(row, "docx"))).sections[0].header.paragraphs[0].text
    assert desk_client(editor).get(f"/admin/submissions/compilation/{row.pk}/files/docx/").status_code == 200
    assert [(one.what, one.by, one.of) for one in Reading.objects.all()] == [("compilation", editor, str(row.key))]


def pages_of(client, row):
    at = f"/admin/submissions/compilation/{row.pk}"
    return [client.get(f"{at}/{page}/").status_code for page in ("change", "history", "files/docx")]


def test_who_may_not_read_all_of_it_does_not_learn_that_it_exists(crowd, forum, editor, desk_client):
    public, sealed = made(forum, editor), made(forum, editor, unpublished=True)
    waits = Submission.objects.get(title="About zqaccepted")
    conflicted = make_user(staff=True, roles=["editor"])
    join(waits.organisation, conflicted, "viewer")
    reviewer = make_user(staff=True, roles=["reviewer"])
    manager = make_user(staff=True, roles=["forum manager"])
    for user in (conflicted, reviewer, manager):
        client = desk_client(user)
        assert pages_of(client, sealed) == [404, 404, 404]
        assert pages_of(client, public) == [200, 200, 200]
        assert list(Compilation.objects.visible_to(user)) == [public]
        listed = client.get("/admin/submissions/compilation/").content.decode()
        assert f"compilation/{sealed.pk}/" not in listed
    for user in (make_user(staff=True, roles=["accreditation"]), make_user(staff=True)):
        assert pages_of(desk_client(user), public) == [403, 403, 403]
    assert pages_of(desk_client(make_user()), public) == [302, 302, 302]


def test_a_compilation_asked_by_somebody_with_a_conflict_lacks_what_they_may_not_see(crowd, forum, editor):
    waits = Submission.objects.get(title="About zqaccepted")
    join(waits.organisation, editor, "viewer")
    row = made(forum, editor, unpublished=True)
    assert row.inputs == 3
    assert "zqaccepted" not in words_in(row, "docx").lower()


def test_nobody_but_who_publishes_asks_for_what_is_not_public(crowd, forum, desk_client):
    client = desk_client(make_user(staff=True, roles=["forum manager"]))
    page = client.get("/admin/submissions/compilation/add/")
    assert "unpublished" not in page.context["form"].fields
    answer = client.post("/admin/submissions/compilation/add/", question(forum, unpublished="on"))
    assert answer.status_code == 302
    assert Compilation.objects.get().unpublished is False


# The desk and the command ---------------------------------------------------------------------------------------------


def question(of, **more):
    said = {"forum": of.slug, "extent": "full", "order": "region", "headings": "fr", "formats": ["docx", "pdf"]}
    return {**said, **more}


def test_a_duty_leads_to_its_compilation_with_the_choice_filled_in(crowd, forum, desk_client):
    from forums.models import Milestone

    table = forum.round_tables.get(number=2)
    note = Milestone.objects.create(forum=forum, kind="note", name="Note 2", round_table=table, weeks_before=6)
    client = desk_client(make_user(staff=True, roles=["forum manager"]))
    page = client.get(f"/admin/forums/milestone/{note.pk}/change/").content.decode()
    (way,) = re.findall(r'href="(/admin/submissions/compilation/add/[?][^"]*)"', page)
    form = client.get(way.replace("&amp;", "&")).context["form"]
    assert (form["forum"].value(), form["round_table"].value(), form["milestone"].value()) == ("2026", ["2"], str(note.pk))
    answer = client.post("/admin/submissions/compilation/add/", question(forum, round_table="2", milestone=note.pk))
    row = Compilation.objects.get()
    assert answer.headers["Location"].endswith(f"/compilation/{row.pk}/change/")
    assert (row.milestone, row.chosen, row.language, row.forms) == (note, {"round_table": ["2"]}, "fr", ["docx", "pdf"])
    assert "http-equiv" in client.get(answer.headers["Location"]).content.decode()
    making.make_compilations(at=row.asked_at, clock=lambda: row.asked_at)
    shown = client.get(answer.headers["Location"]).content.decode()
    assert ("http-equiv" in shown, shown.count("SHA-256")) == (False, 2 if printing.has_font(97) else 0)
    again = re.search(r'href="(/admin/submissions/compilation/add/[?][^"]*)"', shown).group(1).replace("&amp;", "&")
    form = client.get(again).context["form"]
    assert (form["headings"].value(), form["formats"].value(), form["order"].value()) == ("fr", ["docx", "pdf"], "region")


def test_a_wrong_choice_is_said(forum, desk_client):
    client = desk_client(make_user(staff=True, roles=["editor"]))
    for wrong in ({"forum": "9999"}, {"formats": []}, {"objective": "77"}, {"milestone": "x"}):
        answer = client.post("/admin/submissions/compilation/add/", question(forum, **wrong))
        assert (answer.status_code, Compilation.objects.count()) == (422, 0)


def test_the_command_writes_what_is_public(crowd, forum, tmp_path, capsys):
    out = tmp_path / "made.docx"
    call_command("compile", "--forum", "2026", "--objective", "7", "--full", "--format", "docx", "--output", str(out))
    assert capsys.readouterr().out == "2 inputs, 3 paragraphs, 24 words.\n"
    words = " ".join(part.text for part in Document(out).paragraphs)
    assert "First beacon." in words
    assert not Compilation.objects.exists()
    for wrong in (["--forum", "9999"], ["--forum", "2026", "--objective", "99"]):
        with pytest.raises(CommandError):
            call_command("compile", *wrong, "--output", str(out))


def test_as_many_statements_for_many_inputs_as_for_few(forum, editor, count_statements):
    from submissions.compilations.contents import compiled

    call = make_call(forum)
    for number in range(2):
        sent(call, f"beacon{number}")
    about = Compilation(forum=forum, extent="full", order="objective", language="en", asked_at=LATER, asked_by=editor)
    few = count_statements(lambda: compiled(about))
    for number in range(6):
        sent(call, f"lamp{number}")
    assert count_statements(lambda: compiled(about)) == few <= 6


def test_the_filters_are_those_of_the_form():
    assert set(FILTERS) == {"round_table", "objective", "level", "region", "kind", "language", "country"}
