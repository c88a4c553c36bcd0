"""Small files made by code, to be attached to invented inputs: a PDF of one page, a table, a plain text."""

from django.core.files.base import ContentFile


def annex(kind, reference):
    """A file of that kind: pdf, csv or txt. `reference` only makes it differ from the others."""
    make = {"pdf": _pdf, "csv": _csv, "txt": _txt}[kind]
    return ContentFile(make(reference), name=f"annex-{reference}.{kind}")


def _txt(reference) -> bytes:
    return f"Annex {reference}\n\nInvented for the demonstration. Nothing in it is true.\n".encode()


def _csv(reference) -> bytes:
    rows = ["year,persons advised", *(f"{year},{100 + 7 * year % 90}" for year in range(2021, 2026))]
    return "\n".join([*rows, f"note,invented for the demonstration ({reference})", ""]).encode()


def _pdf(reference) -> bytes:
    """A page with two lines, written by hand: header, five objects, the table of their places, trailer."""
    lines = (f"Annex {reference}", "Invented for the demonstration.")
    text = "\n".join(f"1 0 0 1 72 {720 - 24 * number} Tm ({line}) Tj" for number, line in enumerate(lines))
    page = f"BT /F1 14 Tf\n{text}\nET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    written, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return f"{written}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")
