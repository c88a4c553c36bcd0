"""Who could be asked, as a file: codes beside words, and nothing that a spreadsheet would take for a formula.

The library of workbooks is imported where one is made, so that a web process which makes none does not hold it.
"""

from io import BytesIO

from django.http import HttpResponse
from django.utils.translation import gettext as _

from forums.cells import as_text
from submissions.compilations.packing import packed
from submissions.describing import NOT_XML


def lines_of(organisations, words):
    yield ["organisation", "kind", "kind_code", "country", "country_code", "standing", "standing_code", "address"]
    for each in organisations.iterator(chunk_size=500):
        country = (each.country.name, each.country.iso3) if each.country else ("", "")
        kind = (words["kind"][each.kind], each.kind)
        yield [
            each.name,
            *kind,
            *country,
            words["basis"].get(each.standing_code, ""),
            each.standing_code,
            each.get_absolute_url(),
        ]


def xlsx_file(name, lines, *, at) -> HttpResponse:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Who could be asked")[:31])
    for line in lines:
        cells = [WriteOnlyCell(sheet, value=as_text(NOT_XML.sub(" ", str(value)))) for value in line]
        for cell in cells:
            cell.data_type = "s"  # text, whatever it begins with
        sheet.append(cells)
    out = BytesIO()
    book.save(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(packed(out.getvalue(), at), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store, private"
    return response
