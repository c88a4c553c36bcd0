"""The note and the list as files for the Office of the President: PDF, DOCX, XLSX, in any of the six languages.

They hold names, acronyms, countries and kinds; never persons, never addresses, never objections.
"""

from hashlib import sha256
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation.models import ListDocument
from forums.cells import cell_of
from forums.printing import pdf_of
from forums.refusals import Refused
from forums.templatetags.languages import direction
from forums.templatetags.moments import day_in_words

CSS = """
@page { size: A4; margin: 20mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt; } }
body { font-size: 10pt; line-height: 1.45; color: #14212b; } h1 { font-size: 16pt; line-height: 1.25; color: #00395f; }
.over { color: #4b5b67; } table { width: 100%; border-collapse: collapse; } thead { display: table-header-group; }
th, td { text-align: start; vertical-align: top; padding: 2mm; border-bottom: 0.3pt solid #6c7c87; font-weight: normal; }
thead th { font-weight: bold; background: #e8f3fa; } tr { break-inside: avoid; }
"""


def want(listed, *, format, language, by, at):
    """Ask for a document of a frozen list; a sweep makes it. Asking twice makes one."""
    if listed.frozen_at is None:
        raise Refused(_("Freeze the list first; then its documents can be made."))
    wanted = {"wanted_by": by, "wanted_at": at}
    document, _new = ListDocument.objects.get_or_create(list=listed, format=format, language=language, defaults=wanted)
    return document


def make_documents(*, at) -> int:
    """Make the documents that were asked for; returns how many. One that fails says why and is tried no more."""
    done = 0
    for pk in list(ListDocument.objects.filter(made_at__isnull=True, trouble="").values_list("pk", flat=True)[:20]):
        with transaction.atomic():
            waiting = ListDocument.objects.select_for_update(skip_locked=True, of=("self",))
            document = waiting.select_related("list__forum").filter(pk=pk, made_at__isnull=True, trouble="").first()
            if document is not None:
                _make(document, at)
                done += 1
    return done


def _make(document, at):
    try:
        made = made_of(document.list, format=document.format, language=document.language, at=at)
    except Refused as why:
        document.trouble = str(why)[:300]
        document.save(update_fields=["trouble"])
        return
    document.size, document.sha256, document.made_at = len(made), sha256(made).hexdigest(), at
    document.file.save(f"{document.key}.{document.format}", ContentFile(made), save=False)
    document.save()


def made_of(listed, *, format, language, at) -> bytes:
    """The bytes of the document."""
    with translation.override(language):
        lines = list(listed.lines.filter(struck_at__isnull=True).select_related("country").order_by("position"))
        made_on = day_in_words(at.astimezone(listed.forum.zone).date())
        about = {"list": listed, "forum": listed.forum, "lines": lines, "note": listed.note, "made_on": made_on}
        return {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx}[format](about, language)


def _pdf(about, language):
    html = render_to_string("accreditation/print/list.html", about)
    return pdf_of(html, title=_title(about), language=language, direction=direction(language), css=CSS)


def _title(about) -> str:
    return _("List %(number)d of stakeholders proposed for special accreditation") % {"number": about["list"].number}


def _columns() -> list[str]:
    return [_("No."), _("Name"), _("Acronym"), _("Country or area"), _("Kind")]


def _rows(about):
    for line in about["lines"]:
        country = line.country.name if line.country else ""
        yield [line.position, line.name, line.acronym, country, line.get_kind_display()]


def _docx(about, language):
    from docx import Document
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paper = Document()
    paper.core_properties.title, paper.core_properties.language = _title(about), language
    paper.core_properties.author = _("United Nations Network on Migration")
    paper.add_heading(_title(about), level=1)
    paper.add_paragraph(about["forum"].name)
    for part in filter(None, about["note"].splitlines()):
        paper.add_paragraph(part)
    total = len(about["lines"])
    counted = ngettext("%(total)d organisation", "%(total)d organisations", total) % {"total": total}
    paper.add_paragraph(f"{counted} · {about['made_on']}")
    table = paper.add_table(rows=1, cols=5, style="Table Grid")
    for cell, word in zip(table.rows[0].cells, _columns(), strict=True):
        cell.text = word
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # the heading stands on every page
    for row in _rows(about):
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = str(value)
    if direction(language) == "rtl":
        _from_right_to_left(paper, OxmlElement)
    paper.styles["Normal"].element.get_or_add_rPr().append(_language_mark(OxmlElement, qn, language))
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _from_right_to_left(paper, element):
    for table in paper.tables:
        table._tblPr.append(element("w:bidiVisual"))
    cells = (cell for table in paper.tables for row in table.rows for cell in row.cells)
    for part in [*paper.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]:
        part._p.get_or_add_pPr().append(element("w:bidi"))


def _language_mark(element, qn, language):
    mark = element("w:lang")
    mark.set(qn("w:val"), language)
    return mark


def _xlsx(about, language):
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = str(about["list"].number)
    sheet.sheet_view.rightToLeft = direction(language) == "rtl"
    sheet.append(_columns())
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for row in _rows(about):
        sheet.append([cell_of(value) for value in row])
    for row in sheet.iter_rows(min_row=2, min_col=2):
        for cell in row:
            cell.data_type = "s"  # text, whatever it begins with
    book.properties.title = _title(about)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
