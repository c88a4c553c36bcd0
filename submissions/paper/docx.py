"""The paper as DOCX, with real headings, lists and tables; languages and directions are marked for each paragraph."""

from io import BytesIO

from django.utils.translation import gettext as _
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from forums.templatetags.languages import direction
from submissions.citing.sentence import in_parts
from submissions.describing import PUBLISHER, plain
from submissions.paper.docx_beside import add_beside, add_bodies, add_parts, add_translation
from submissions.paper.docx_text import add_prose

CODES = {"ar": "ar-SA", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU", "zh-hans": "zh-CN"}


def docx(paper, language) -> bytes:
    document, input = Document(), paper.input
    _properties(document, input)
    own = Marks(document, input.language)
    page = Marks(document, language)
    page.mark(document.add_paragraph(f"{_('Input to the International Migration Review Forum')} · {input.symbol}"))
    own.mark(document.add_heading(input.title, level=1))
    lead = input.authors[0]
    Marks(document, lead.language).mark(document.add_paragraph(lead.name, style="Subtitle"))
    add_bodies(document, paper.together, page, Marks)
    for sentence in paper.notes:
        page.mark(document.add_paragraph(plain(sentence)))
    if paper.translated:
        add_translation(document, paper.translated, page, Marks(document, paper.translated["language"]))
    _particulars(document, paper.lines, page)
    _words_of_author(document, paper, page, own)
    add_beside(document, paper, page, Marks)
    cited = in_parts(input, authors=paper.authors, cited_on=paper.cited_on, address=paper.address)
    add_parts(document, cited, page, Marks)
    _end(document, page)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _properties(document, input):
    known = document.core_properties
    known.title, known.subject, known.identifier = input.title[:250], input.forum[1][:250], input.reference
    known.author, known.language = "; ".join(author.name for author in input.authors)[:250], CODES[input.language]
    known.last_modified_by = known.comments = ""
    known.created = known.modified = input.changed_at.replace(tzinfo=None)


def _particulars(document, lines, page):
    table = document.add_table(rows=0, cols=2)
    if page.right_to_left:
        table._tblPr.append(OxmlElement("w:bidiVisual"))
    for label, words in lines:
        cells = table.add_row().cells
        for cell, word in zip(cells, (label, words), strict=True):
            cell.text = plain(word)
            page.mark(cell.paragraphs[0])


def _words_of_author(document, paper, page, own):
    _written(document, _("Summary"), paper.summary, page, own)
    for title, answers in paper.sections:
        _answers(document, title, answers, page, own)
    _written(document, _("Text"), paper.text, page, own)


def _written(document, heading, text, page, own):
    if text:
        page.mark(document.add_heading(heading, level=2))
        add_prose(document, text, own)


def _answers(document, title, answers, page, own):
    if title:
        page.mark(document.add_heading(plain(title), level=2))
    for answer in answers:
        page.mark(document.add_heading(plain(answer.label), level=3))
        if answer.html:
            add_prose(document, answer.html, own)
        for words in answer.words:
            page.mark(document.add_paragraph(plain(words), style="List Bullet"))
        if answer.rows:
            _table(document, (answer.columns, *answer.rows), own)


def _table(document, rows, own):
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = plain(str(words))
            own.mark(cell.paragraphs[0])


def _end(document, page):
    for sentence in (
        _("The views expressed are those of their authors."),
        _("This is a reference of the portal, not a symbol of a United Nations document."),
        PUBLISHER,
    ):
        page.mark(document.add_paragraph(sentence))


class Marks:
    """Writes language and direction into a paragraph and its runs."""

    def __init__(self, document, language):
        self.code = CODES.get(language)
        self.right_to_left = direction(language) == "rtl"

    def mark(self, paragraph):
        if self.right_to_left:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for run in paragraph._p.iter(qn("w:r")):
            self.mark_run(run)
        return paragraph

    def mark_run(self, run):
        properties = run.get_or_add_rPr()
        if self.right_to_left:
            properties.append(OxmlElement("w:rtl"))
        if self.code:
            properties.append(self._language())

    def _language(self):
        mark = OxmlElement("w:lang")
        name = "w:bidi" if self.right_to_left else "w:eastAsia" if self.code == "zh-CN" else "w:val"
        mark.set(qn(name), self.code)
        return mark
