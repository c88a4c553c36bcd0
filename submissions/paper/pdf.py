"""The paper as a tagged PDF: language, title, outline, and the author's text in its own language and direction."""

from django.template.loader import render_to_string
from django.utils.html import escape

from forums.printing import pdf_of
from forums.templatetags.languages import direction

CSS = """
@page { size: A4; margin: 20mm 22mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 9pt; } }
body { font-size: 10.5pt; line-height: 1.5; color: #14212b; }
.over { color: #4b5b67; font-size: 10pt; border-bottom: 1.2pt solid #005b96; padding-bottom: 3mm; }
h1 { font-size: 19pt; line-height: 1.25; color: #00395f; margin: 8mm 0 2mm; }
h2 { font-size: 14pt; color: #00395f; margin: 7mm 0 2mm; }
h3, h4, h5, h6 { font-size: 11.5pt; margin: 5mm 0 1mm; } h1, h2, h3, h4 { break-after: avoid; }
.author { font-size: 13pt; margin: 0 0 6mm; }
dl { display: grid; grid-template-columns: 42mm 1fr; gap: 1mm 6mm; } dt { color: #4b5b67; }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.text { overflow-wrap: anywhere; } .text table { border-collapse: collapse; }
.text td, .text th { border: 0.3pt solid #6c7c87; padding: 1.5mm; }
.small { font-size: 10.5pt; margin: 4mm 0 0; } .bodies { margin: 1mm 0 4mm; } .meta { color: #4b5b67; }
.note { border-inline-start: 2pt solid #005b96; padding-inline-start: 3mm; margin: 2mm 0; } .told { font-weight: 600; }
.hash { font-size: 8.5pt; overflow-wrap: anywhere; }
.end { border-top: 0.4pt solid #6c7c87; margin-top: 8mm; padding-top: 3mm;
  font-size: 9.5pt; } .end bdi[dir] { overflow-wrap: anywhere; }
"""


def pdf(paper, language) -> bytes:
    """Raises CannotPrint where a script has no font here."""
    html = render_to_string("submissions/print/input.html", {"paper": paper, "input": paper.input})
    title = escape(f"{paper.input.title} ({paper.input.symbol})")
    return pdf_of(html, title=title, language=language, direction=direction(language), css=CSS)
