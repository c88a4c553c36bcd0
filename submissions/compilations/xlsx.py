"""A compilation as XLSX: one row an input and one a paragraph, codes beside words, nothing taken for a formula."""

from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from forums.cells import as_text
from forums.templatetags.languages import direction
from submissions.compilations.packing import packed
from submissions.compilations.paragraphs import words_of
from submissions.compilations.pdf import not_public_in_words
from submissions.describing import NOT_XML

LONGEST = 32_000  # characters of a cell, by the format a little more
BETWEEN = "; "


def xlsx(compiled, progress=lambda: None) -> bytes:
    """`progress` is called for each input."""
    book = Workbook(write_only=True)
    _about(_Sheet(book, compiled, _("About")), compiled)
    _inputs(_Sheet(book, compiled, _("Inputs")), compiled)
    _paragraphs(_Sheet(book, compiled, _("Paragraphs")), compiled, progress)
    _indexes(book, compiled)
    _figures(_Sheet(book, compiled, _("Figures")), compiled)
    book.properties.title, book.properties.subject = compiled.title, compiled.forum
    book.properties.creator = _("United Nations Network on Migration")
    out = BytesIO()
    book.save(out)
    return packed(out.getvalue(), compiled.at)


class _Sheet:
    def __init__(self, book, compiled, title):
        self.sheet = book.create_sheet(title[:31])
        self.sheet.sheet_view.rightToLeft = direction(compiled.language) == "rtl"
        self.sheet.oddHeader.center.text = compiled.forum.replace("&", "&&")
        self.wide = 0
        if compiled.not_public:
            self.sheet.oddHeader.right.text = not_public_in_words()
            self.row([not_public_in_words()], bold=True)

    def head(self, names, widths):
        for place, width in enumerate(widths):
            self.sheet.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]].width = width
        self.row(names, bold=True)

    def row(self, values, bold=False, languages=()):
        self.sheet.append([self._cell(value, bold) for value in values])

    def _cell(self, value, bold):
        if isinstance(value, int):
            return value
        cell = WriteOnlyCell(self.sheet, value=as_text(NOT_XML.sub(" ", str(value)).lstrip())[:LONGEST])
        cell.data_type = "s"  # text, whatever it begins with
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            cell.font = Font(bold=True)
        return cell


def _about(sheet, compiled):
    sheet.head([compiled.title, ""], [34, 90])
    for label, words in compiled.lines:
        sheet.row([label, words])


INPUTS = 14


def _inputs(sheet, compiled):
    pairs = [_("Kind of organisation"), _("Standing"), _("Level"), _("Language")]
    lists = [_("Objectives"), _("Round tables"), _("Regions"), _("Countries")]
    coded = [name for word in (*pairs, *lists) for name in (word, _("%(what)s: codes") % {"what": word})]
    heads = [_("Reference"), _("Address"), _("Title"), _("Organisations"), *coded]
    heads += [_("Words here"), _("Words in all"), _("First paragraph"), _("Last paragraph")]
    sheet.head(heads, [24, 44, 50, 40, *([22, 14] * 8)])
    from django.conf import settings

    languages = dict(settings.LANGUAGES)
    for entry in compiled.entries:
        input = entry.input
        language = (input.language, str(languages[input.language]))
        cells = [entry.input.symbol, entry.address, input.title, BETWEEN.join(author.name for author in input.authors)]
        basis = (input.basis[0], input.basis[1] or _("No standing recorded"))
        for code, word in (input.kind, basis, input.level, language):
            cells += [word, code]
        for pairs in (input.objectives, input.round_tables, input.regions, input.countries):
            cells += [BETWEEN.join(word for _code, word in pairs), BETWEEN.join(str(code) for code, _word in pairs)]
        sheet.row([*cells, entry.words, input.words, entry.first, entry.last])


def _paragraphs(sheet, compiled, progress):
    sheet.head(
        [_("Number"), _("Reference"), _("Organisation"), _("Language"), _("Part"), _("Text")], [10, 24, 36, 10, 24, 100]
    )
    for entry in compiled.entries:
        for part in entry.parts:
            for number, words in _numbered(part):
                for start in range(0, max(len(words), 1), LONGEST):
                    text = words[start : start + LONGEST]
                    name = entry.input.authors[0].name
                    sheet.row([number, entry.input.symbol, name, part.language, part.title, text])
        progress()


def _numbered(part):
    """Each number with all that belongs to it; a heading goes before the paragraph that follows."""
    number, kept = None, []
    for piece in part.pieces:
        if piece.number is not None and number is not None:
            yield number, "\n".join(kept)
            number, kept = piece.number, [words_of(piece.html)]
            continue
        number = number if piece.number is None else piece.number
        kept.append(words_of(piece.html))
    if kept:
        yield number or "", "\n".join(kept)


def _indexes(book, compiled):
    sheet = _Sheet(book, compiled, _("Index of organisations"))
    sheet.head([_("Organisation"), _("Paragraphs"), _("References")], [60, 40, 60])
    for (name, _language), entries in compiled.by_organisation:
        sheet.row([name, *_places(entries)])
    sheet = _Sheet(book, compiled, _("Index of objectives"))
    sheet.head([_("Objective"), _("Paragraphs"), _("References")], [60, 40, 60])
    for word, entries in compiled.by_objective:
        sheet.row([word, *_places(entries)])


def _places(entries):
    return BETWEEN.join(entry.numbers for entry in entries), BETWEEN.join(entry.input.reference for entry in entries)


def _figures(sheet, compiled):
    sheet.head([_("What"), _("Code"), _("Shown"), _("Counted only"), _("Together")], [60, 16, 12, 14, 12])
    for tally in compiled.tallies:
        sheet.row([tally.title], bold=True)
        for line in tally.lines:
            sheet.row([line.word, line.code, line.shown, line.counted, line.all])
