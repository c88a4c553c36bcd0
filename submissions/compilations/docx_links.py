"""Links, bookmarks, fields and numbers in a DOCX, which python-docx has no words for."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell


def bookmark(name) -> str:
    """Word takes letters, digits and low lines, forty at most."""
    return "".join(sign if sign.isalnum() else "_" for sign in name)[:40]


def cells_of(row) -> list:
    """The cells of a row without merged ones; python-docx looks through the whole table for each."""
    return [_Cell(tc, row) for tc in row._tr.tc_lst]


def number(paragraph, number, own):
    """The number before the first words of a paragraph."""
    run = paragraph.add_run(f"{number}.\t")
    own.mark_run(run._r)
    paragraph._p.remove(run._r)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, run._r)


def link(paragraph, anchor, words, marks=None):
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark(anchor))
    link.append(paragraph.add_run(words)._r)
    paragraph._p.append(link)
    if marks:
        marks.mark(paragraph)


def places(paragraph, entries):
    for place, entry in enumerate(entries):
        if place:
            paragraph.add_run("; ")
        link(paragraph, entry.anchor, entry.numbers)


def page_of(paragraph, anchor):
    """The number of a page, which a word processor knows once it has laid the text out."""
    field(paragraph, f"PAGEREF {bookmark(anchor)} \\h", "–")


def field(paragraph, instruction, shown):
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    field.set(qn("w:dirty"), "true")
    field.append(paragraph.add_run(shown)._r)
    paragraph._p.append(field)
