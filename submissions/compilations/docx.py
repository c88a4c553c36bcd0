"""A compilation as DOCX: real headings, lists and tables, each text in its own language and direction."""

from io import BytesIO

from django.utils.translation import gettext as _
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from lxml import html as lxml_html

from submissions.compilations.docx_body import Body
from submissions.compilations.docx_links import bookmark, cells_of, field, link, number, page_of, places
from submissions.compilations.packing import packed
from submissions.compilations.pdf import not_public_in_words
from submissions.describing import plain
from submissions.paper.docx import CODES, Marks
from submissions.paper.docx_text import add_text

FONTS = {"w:ascii": "Noto Sans", "w:hAnsi": "Noto Sans", "w:cs": "Noto Sans Arabic", "w:eastAsia": "Noto Sans CJK SC"}
GREY = RGBColor(0x4B, 0x5B, 0x67)


def docx(compiled, progress=lambda: None) -> bytes:
    """`progress` is called for each input."""
    writing = _Writing(compiled)
    writing.front()
    for group in compiled.groups:
        writing.group(group, progress)
    writing.back()
    out = BytesIO()
    writing.document.save(out)
    return packed(out.getvalue(), compiled.at)


class Noted:
    """Hands on to a document, and keeps the first paragraph that was added since."""

    def __init__(self, document):
        self.document, self.first = document, None

    def add_paragraph(self, *args, **kwargs):
        return self._keep(self.document.add_paragraph(*args, **kwargs))

    def add_heading(self, *args, **kwargs):
        return self._keep(self.document.add_heading(*args, **kwargs))

    def add_table(self, *args, **kwargs):
        return self.document.add_table(*args, **kwargs)

    def _keep(self, paragraph):
        self.first = self.first or paragraph
        return paragraph


class _Writing:
    def __init__(self, compiled):
        self.compiled, self.document, self.bookmarks = compiled, Document(), 0
        self.body = Body(self.document)
        self.marks = {}
        self.page = self.marks_of(compiled.language)
        _properties(self.document, compiled)
        _set_fonts(self.document, compiled.language)
        self._running()

    def marks_of(self, language):
        if language not in self.marks:
            self.marks[language] = Marks(self.document, language)
        return self.marks[language]

    # Parts -----------------------------------------------------------------------------------------------------------

    def front(self):
        compiled = self.compiled
        self.heading(compiled.title, 0)
        if compiled.not_public:
            self.say(_("Not public: it holds inputs that are accepted and not published."), bold=True)
        for label, words in compiled.lines:
            self.labelled(label, words)
        self.say(_("The views expressed are those of their authors."))
        self.heading(_("Contents"), 1, new_page=True)
        table = self.table((_("Input"), _("Paragraphs"), _("Page")))
        for group in compiled.groups:
            self.row(table, (group.title, "", ""), bold=True)
            for entry in group.entries:
                cells = self.row(table, ("", entry.numbers, ""))
                link(cells[0].paragraphs[0], entry.anchor, plain(entry.input.title), self.marks_of(entry.input.language))
                self.marks_of(entry.input.authors[0].language).mark(cells[0].add_paragraph(entry.input.authors[0].name))
                page_of(cells[2].paragraphs[0], entry.anchor)

    def group(self, group, progress):
        self.heading(group.title, 1, new_page=True)
        for entry in group.entries:
            self.entry(entry)
            progress()

    def entry(self, entry):
        own = self.marks_of(entry.input.language)
        heading = own.mark(self.body.add_heading(entry.input.title, level=2))
        self._bookmark(heading, entry.anchor)
        for author in entry.input.authors:
            self.marks_of(author.language).mark(self.body.add_paragraph(author.name, style="Subtitle"))
        for label, words in entry.lines():
            self.labelled(label, words, small=True)
        self.labelled(_("Reference"), f"{entry.input.symbol} · {entry.address}", small=True)
        for part in entry.parts:
            own = self.marks_of(part.language)
            if part.title:
                self.heading(part.title, 3, marks=own if part.added else None)
            for piece in part.pieces:
                self._piece(piece, own)

    def _piece(self, piece, own):
        noted = Noted(self.body)
        if piece.number and piece.html.startswith(("<ul", "<ol", "<table", "<pre")):
            own.mark(noted.add_paragraph(f"{piece.number}."))
        add_text(noted, lxml_html.fragment_fromstring(piece.html, create_parent="div"), own.mark)
        if piece.number and noted.first is not None and not noted.first.text.startswith(f"{piece.number}."):
            number(noted.first, piece.number, own)

    def back(self):
        self.heading(_("Index of organisations"), 1, new_page=True)
        table = self.table((_("Organisation"), _("Paragraphs")))
        for (name, language), entries in self.compiled.by_organisation:
            cells = self.row(table, ("", ""))
            cells[0].text = name
            self.marks_of(language).mark(cells[0].paragraphs[0])
            places(cells[1].paragraphs[0], entries)
        self.heading(_("Index of objectives"), 1, new_page=True)
        table = self.table((_("Objective"), _("Paragraphs")))
        for word, entries in self.compiled.by_objective:
            places(self.row(table, (word, ""))[1].paragraphs[0], entries)
        self._figures()

    def _figures(self):
        self.heading(_("Figures"), 1, new_page=True)
        for tally in self.compiled.tallies:
            self.heading(tally.title, 2)
            if tally.several:
                self.say(_("An input may stand in several lines."))
            table = self.table((_("What"), _("Shown"), _("Counted only"), _("Together")))
            for line in tally.lines:
                self.row(table, (line.word, str(line.shown), str(line.counted), str(line.all)))

    # What they consist of --------------------------------------------------------------------------------------------

    def heading(self, words, level, new_page=False, marks=None):
        heading = (marks or self.page).mark(self.body.add_heading(plain(words), level=level))
        heading.paragraph_format.page_break_before = new_page or None
        return heading

    def say(self, words, bold=False):
        paragraph = self.body.add_paragraph()
        paragraph.add_run(words).bold = bold
        self.page.mark(paragraph)

    def labelled(self, label, words, small=False):
        paragraph = self.body.add_paragraph()
        first, second = paragraph.add_run(f"{label}: "), paragraph.add_run(plain(words))
        first.bold = not small
        if small:
            paragraph.paragraph_format.space_after = Pt(1)
            first.font.color.rgb, first.font.size, second.font.size = GREY, Pt(9), Pt(9)
        self.page.mark(paragraph)

    def table(self, heads):
        table = self.body.add_table(rows=0, cols=len(heads), style="Table Grid")
        if self.page.right_to_left:
            table._tblPr.append(OxmlElement("w:bidiVisual"))
        self.row(table, heads, bold=True)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # it stands on every page
        return table

    def row(self, table, words, bold=False):
        cells = cells_of(table.add_row())
        for cell, word in zip(cells, words, strict=True):
            if word:
                cell.paragraphs[0].add_run(plain(word)).bold = bold or None
                self.page.mark(cell.paragraphs[0])
        return cells

    def _bookmark(self, paragraph, name):
        self.bookmarks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        start.set(qn("w:id"), str(self.bookmarks))
        start.set(qn("w:name"), bookmark(name))
        end.set(qn("w:id"), str(self.bookmarks))
        paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
        paragraph._p.append(end)

    def _running(self):
        """The head and the foot of every page."""
        section = self.document.sections[0]
        head = section.header.paragraphs[0]
        head.add_run(self.compiled.forum)
        if self.compiled.not_public:
            head.add_run(f" · {not_public_in_words()}").bold = True
        self.page.mark(head)
        field(section.footer.paragraphs[0], "PAGE", "1")


def _properties(document, compiled):
    known = document.core_properties
    known.title, known.subject = compiled.title[:250], compiled.forum[:250]
    known.author = _("United Nations Network on Migration")
    known.language, known.last_modified_by, known.comments = CODES[compiled.language], "", ""
    known.created = known.modified = compiled.at.replace(tzinfo=None, microsecond=0)


def _set_fonts(document, language):
    """Whole fonts for the six scripts where they are; a machine without them takes its own."""
    for style in document.styles:
        properties = style.element.find(qn("w:rPr"))
        if properties is not None:
            for fonts in properties.findall(qn("w:rFonts")):
                properties.remove(fonts)
    fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    for name, font in FONTS.items():
        fonts.set(qn(name), font)
