"""A form as a DOCX: each question with its help and limit, then a box for the answer; with the answers there are, if any."""

from io import BytesIO

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from submissions.questions.conditions import fitting
from submissions.questions.fields import condition_in_words
from submissions.questions.offline.boxes import BOOKMARK, FORM, OPEN, ROWS, TICKED, mark_of

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
GREY = RGBColor(0x4B, 0x5B, 0x67)


def docx_of(form, *, title, about, language, right_to_left, answers=None) -> bytes:
    """The document in the language that is active; `about` are lines under the title, `answers` those of a draft."""
    document = Document()
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.language = language
    document.core_properties.identifier = f"{FORM}{form.pk}"
    writer = _Writer(document, right_to_left, answers or {})
    writer.heading(title, 0)
    for line in about:
        writer.paragraph(line)
    writer.how_to()
    for section in form.parts:
        writer.heading(section.title, 1)
        if section.guidance:
            writer.paragraph(section.guidance)
        for question in section.asked:
            writer.question(form, question)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


class _Writer:
    def __init__(self, document, right_to_left, answers):
        self.document, self.right_to_left, self.answers, self.bookmarks = document, right_to_left, answers, 0

    def heading(self, words, level):
        self._turn(self.document.add_heading(words, level))

    def paragraph(self, words, *, small=False, bold=False):
        line = self.document.add_paragraph()
        run = line.add_run(words)
        run.bold = bold
        if small:
            run.font.size, run.font.color.rgb = Pt(9), GREY
        return self._turn(line)

    def how_to(self):
        self.paragraph(
            _(
                "Write into the boxes and leave everything else as it is: by the marks in double brackets the portal finds "
                "your answers. Then open your draft there and choose “Bring in a filled-in form”. Nothing is taken over "
                "before you have looked at it."
            ),
            small=True,
        )

    def question(self, form, question):
        words = _("%(question)s (required)") % {"question": question.label} if question.required else question.label
        self.paragraph(words, bold=True)
        for line in _help_lines(form, question):
            self.paragraph(line, small=True)
        self._marked(question.key)
        answer = fitting(question, self.answers.get(question.key))
        if question.kind in ("choice", "yes_no", "several"):
            self._choices(question, answer)
        elif question.kind == "table":
            self._rows(question, answer)
        else:
            self._box(answer or "")
        self.document.add_paragraph()

    def _marked(self, key):
        """The mark that people see, inside a bookmark of the same key."""
        line = self.paragraph(mark_of(key), small=True)
        self.bookmarks += 1
        begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (begin, end):
            element.set(qn("w:id"), str(1000 + self.bookmarks))
        begin.set(qn("w:name"), f"{BOOKMARK}{key}"[:40])
        line._p.insert(1, begin)
        line._p.append(end)

    def _box(self, words):
        cell = self._table(1, 1).cell(0, 0)
        lines = words.split("\n") or [""]
        self._turn(cell.paragraphs[0]).add_run(lines[0])
        for line in lines[1:]:
            self._turn(cell.add_paragraph(line))

    def _choices(self, question, answer):
        given = answer if isinstance(answer, list) else [answer]
        table = self._table(len(question.words_of), 2)
        for row, (key, words) in zip(table.rows, question.words_of.items(), strict=True):
            _tick_box(row.cells[0].paragraphs[0], ticked=key in given)
            self._turn(row.cells[1].paragraphs[0]).add_run(str(words))

    def _rows(self, question, answer):
        columns, filled = question.words_of, answer or []
        table = self._table(1 + max(len(filled) + 2, ROWS), len(columns))
        for cell, words in zip(table.rows[0].cells, columns.values(), strict=True):
            self._turn(cell.paragraphs[0]).add_run(str(words)).bold = True
        for row, values in zip(list(table.rows)[1:], filled, strict=False):
            for cell, key in zip(row.cells, columns, strict=True):
                self._turn(cell.paragraphs[0]).add_run(values.get(key, ""))

    def _table(self, rows, columns):
        table = self.document.add_table(rows, columns, style="Table Grid")
        if self.right_to_left:
            table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
        return table

    def _turn(self, paragraph):
        if self.right_to_left:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
            for run in paragraph.runs:
                run.font.rtl = True
        return paragraph


def _help_lines(form, question) -> list:
    lines = [strip_tags(condition_in_words(form, question)), question.help]
    if question.example:
        lines.append(_("Example: %(example)s") % {"example": question.example})
    if question.why:
        lines.append(_("Why this is asked: %(why)s") % {"why": question.why})
    if question.word_limit:
        most = ngettext("At most %(most)d word.", "At most %(most)d words.", question.word_limit)
        lines.append(most % {"most": question.word_limit})
    if question.kind == "date":
        lines.append(_("Write the day as year-month-day: 2026-05-08."))
    if question.kind == "choice":
        lines.append(_("Tick one."))
    lines.append(
        _("Everybody can read this once the input is published.")
        if question.is_public
        else _("Only the Network's desk reads this.")
    )
    return [line for line in lines if line]


def _tick_box(paragraph, *, ticked):
    """A box that is ticked by a click in Word and LibreOffice; elsewhere an X in its place counts as well."""
    control = OxmlElement("w:sdt")
    properties, content = OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
    box = properties.makeelement(f"{{{W14}}}checkbox", nsmap={"w14": W14})
    state = box.makeelement(f"{{{W14}}}checked")
    state.set(f"{{{W14}}}val", "1" if ticked else "0")
    box.append(state)
    properties.append(box)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = TICKED if ticked else OPEN
    run.append(text)
    content.append(run)
    control.extend([properties, content])
    paragraph._p.append(control)
