"""Parts of a PDF are laid out side by side, knowing nothing of each other; what is joined says one thing throughout."""

import os
import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from forums import printing
from submissions.compilations import frames, making
from submissions.compilations import pdf as module
from submissions.compilations.contents import compiled
from submissions.compilations.layout_parent import LayoutFailed, Layouts
from submissions.compilations.running import in_roman
from tests.factories import make_call
from tests.submissions.compilations.test_compilations import LATER, asked, content, editor, made, own_files, sent  # noqa: F401 - fixtures

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not printing.has_font(ord("a")), reason="the Noto fonts of Debian are not installed here"),
]
TEXTS = {
    "en": "Nine missions answer complaints within two days.",
    "ar": "تجيب تسع بعثات على شكاوى العمال في غضون يومين.",
    "zh-hans": "九个使团以四种语言答复移徙工人的投诉。",
}
NO_FONT_HAS = ("\uf5a7", "\uf5a5", "\uf5a6")  # for private use


@pytest.fixture
def in_parts(monkeypatch):
    """A part for each input."""
    monkeypatch.setattr("submissions.compilations.pdf.MOST_ENTRIES", 1)


@pytest.fixture
def three(forum, in_parts):
    """Inputs of several pages, in three scripts."""
    call = make_call(forum)
    for language, text in TEXTS.items():
        sent(call, language, title=text[:20], text="\n\n".join([text * 6] * 10), language=language)
    return forum


def read(forum, editor, **fields):  # noqa: F811
    return PdfReader(BytesIO(content(made(forum, editor, forms=["pdf"], **fields), "pdf")), strict=True)


@pytest.fixture
def told(monkeypatch):
    """What the contents were told: anchor -> number of its page."""
    pages, rendered = {}, module.render_to_string

    def render(name, about):
        pages.update(about.get("pages", {}))
        return rendered(name, about)

    monkeypatch.setattr(module, "render_to_string", render)
    return pages


@pytest.mark.parametrize("language", ["en", "ar"])
def test_page_numbers_run_on_through_all_parts_and_are_those_of_the_contents(three, editor, language, told):  # noqa: F811
    reader = read(three, editor, language=language)
    drawn = [page.extract_text().split()[-1] for page in reader.pages]
    front = reader.page_labels.index("1")
    assert drawn == [*(in_roman(place + 1) for place in range(front)), *map(str, range(1, len(reader.pages) - front + 1))]
    assert drawn == reader.page_labels
    places = {page.indirect_reference.idnum: number for page, number in zip(reader.pages, drawn, strict=True)}
    anchors = {name: places[each.page.idnum] for name, each in reader.named_destinations.items()}
    assert len({anchors[name] for name in told if name.startswith("input-")}) == 3
    assert {name: str(page) for name, page in told.items()} == {name: anchors[name] for name in told}
    assert {"organisations", "objectives", "figures"} <= set(told)
    if language == "en":  # Arabic is written in another order than it is said
        said = [line.split()[-1] for line in reader.pages[1].extract_text().splitlines() if line.split()]
        led = [anchors[name] for name in ("organisations", "objectives", "figures")]
        assert [number for number in said if number in led][-3:] == led


def test_head_and_number_are_artifacts_and_nothing_that_is_read_out(three, editor):  # noqa: F811
    reader = read(three, editor)
    heads = set()
    for page in reader.pages:
        _text, head, number = page["/Contents"]
        heads.add(head.idnum)
        for marks, kind in ((head, b"/Header"), (number, b"/Footer")):
            drawn = marks.get_object().get_data()
            assert drawn.startswith(b"/Artifact\n<</Type /Pagination /Subtype %b>>\nBDC" % kind)
            assert drawn.endswith(b"EMC")
            assert b"/MCID" not in drawn
            assert drawn.count(b"BDC") == drawn.count(b"EMC") == 1
    assert len(heads) == 1  # the head is in the file once
    assert all(three.name in page.extract_text() for page in reader.pages)


def test_each_mark_on_a_page_has_its_tag(three, editor):  # noqa: F811
    reader = read(three, editor)
    nums = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    tags = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
    assert int(reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTreeNextKey"]) > max(tags)
    for page in reader.pages:
        marks = re.findall(rb"/MCID (\d+)", page["/Contents"][0].get_object().get_data())
        of_page = tags[int(page["/StructParents"])].get_object()
        assert sorted(map(int, marks)) == list(range(len(of_page)))


def test_one_process_makes_the_same_bytes_as_two(three, editor, monkeypatch):  # noqa: F811
    gathered, bytes_of = compiled(asked(three, editor)), []
    for cores in ({0, 1, 2}, {0}):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _process, cores=cores: cores)
        with Layouts(parts=5) as layouts:
            assert len(layouts.children) == min(2, len(cores))
        bytes_of.append(module.pdf(gathered))
    assert bytes_of[0] == bytes_of[1]


def test_signs_that_no_font_has_are_told_apart_in_all_parts(forum, in_parts, editor):  # noqa: F811
    call = make_call(forum)
    for place, sign in enumerate(NO_FONT_HAS):
        sent(call, f"body{place}", title="Of signs", text=f"Here stands {sign} and no other.")
    reader = read(forum, editor)
    fonts = [each.get_object() for each in reader.pages[0]["/Resources"]["/Font"].values()]
    told = b"".join(font["/ToUnicode"].get_object().get_data() for font in fonts)
    glyphs = [re.findall(rb"<(\w{4})> <%04x>" % ord(sign), told) for sign in NO_FONT_HAS]
    assert [len(each) for each in glyphs] == [1, 1, 1]
    drawn = [page["/Contents"][0].get_object().get_data() for page in reader.pages]
    pages = [[glyph in marks for marks in drawn].index(True) for (glyph,) in glyphs]
    assert pages == [reader.page_labels.index(number) for number in "123"]


# The processes --------------------------------------------------------------------------------------------------------


def test_a_child_knows_no_secrets_and_ends_with_what_it_was_started_for():
    with Layouts(5) as layouts:
        children = [child.process for child in layouts.children]
        for child in children:
            given = Path(f"/proc/{child.pid}/environ").read_bytes()
            assert [name for name in (b"SECRET_KEY", b"DATABASE_URL", b"REDIS_URL", b"STATE_DIR") if name in given] == []
    assert all(child.poll() is not None for child in children)


def test_a_child_that_ends_is_a_failure_that_says_no_words_of_a_text():
    with pytest.raises(LayoutFailed) as failed, Layouts(1) as layouts:  # noqa: PT012
        children = [child.process for child in layouts.children]
        list(layouts.answers([{"act": "part", "html": "<p>zqsecret", "place": "zqsecret", "of": 1}]))
    assert "zqsecret" not in str(failed.value)
    assert str(failed.value) == "TypeError"
    assert all(child.poll() is not None for child in children)


def test_an_answer_that_was_cut_off_is_none():
    whole = BytesIO()
    frames.write(whole, {"said": "something"}, b"and more")
    assert frames.read(BytesIO(whole.getvalue())) == ({"said": "something"}, b"and more")
    assert [frames.read(BytesIO(whole.getvalue()[:size])) for size in range(len(whole.getvalue()))] == [None] * whole.tell()


def test_a_compilation_that_could_not_be_laid_out_says_so(three, editor, monkeypatch):  # noqa: F811
    monkeypatch.setattr("submissions.compilations.pdf._page", lambda *_about: None)  # nothing that can be laid out
    row = asked(three, editor, forms=["pdf"])
    making.make_compilations(at=LATER, clock=lambda: LATER)
    row.refresh_from_db()
    assert (row.state, row.trouble) == ("failed", "LayoutFailed")
