"""Receipts as PDF: asked for in one language, printed by a sweep from what is stored, the same bytes for everybody after."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from forums.printing import pdf_of, qr_svg
from forums.printing_queue import print_waiting
from forums.templatetags.languages import direction
from submissions.models import PrintedReceipt

CSS = """
@page { size: A4; margin: 20mm 22mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 9pt; } }
body { font-size: 10.5pt; line-height: 1.5; color: #14212b; }
.over { color: #4b5b67; font-size: 10pt; border-bottom: 1.2pt solid #005b96; padding-bottom: 3mm; }
h1 { font-size: 19pt; line-height: 1.25; color: #00395f; margin: 8mm 0 2mm; }
.reference { font-size: 14pt; font-weight: bold; margin: 0 0 6mm; }
dl { display: grid; grid-template-columns: 42mm 1fr; gap: 2mm 6mm; } dt { color: #4b5b67; } dd { margin: 0; min-width: 0; }
.hash { font-size: 8.5pt; overflow-wrap: anywhere; } ul { margin: 0; padding-inline-start: 5mm; }
.check { display: flex; gap: 8mm; align-items: center; margin-top: 8mm; border-top: 0.4pt solid #6c7c87; padding-top: 5mm; }
.check svg { width: 34mm; height: 34mm; flex: none; }
.check p { font-size: 9.5pt; margin: 0 0 2mm; overflow-wrap: anywhere; }
"""


def ask_receipt(version, *, language, at) -> PrintedReceipt:
    """The receipt of this version as PDF in that language; a sweep prints it. One that had trouble is tried again."""
    receipt, new = PrintedReceipt.objects.get_or_create(version=version, language=language, defaults={"asked_at": at})
    if not new and receipt.trouble:
        PrintedReceipt.objects.filter(pk=receipt.pk).update(trouble="", asked_at=at)
        receipt.refresh_from_db()
    return receipt


def print_receipts() -> int:
    """Print those that have no file yet; returns how many. One that cannot be printed says why and changes nothing else."""
    related = ("version__submission__call", "version__forum")
    return print_waiting(PrintedReceipt, related=related, pdf_of=pdf_of_receipt, name_of=_stored_name)


def _stored_name(receipt) -> str:
    return f"{receipt.version.sha256[:16]}-{receipt.language}.pdf"


def pdf_of_receipt(receipt) -> bytes:
    """The bytes of the receipt in its language; raises CannotPrint where a script has no font here."""
    version = receipt.version
    with translation.override(receipt.language):
        way = reverse("submissions:receipt_check", args=[version.content["reference"]])
        address = f"{settings.SITE_URL}{way}?sha256={version.sha256}"
        about = {
            "version": version,
            "content": version.content,
            "forum": version.forum,
            "call": version.submission.call,
            "address": address,
            "qr": qr_svg(address),
        }
        html = render_to_string("submissions/print/receipt.html", about)
        title = f"{version.symbol} · {version.forum.name}"
        return pdf_of(html, title=title, language=receipt.language, direction=direction(receipt.language), css=CSS)
