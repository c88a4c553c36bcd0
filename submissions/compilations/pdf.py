"""A compilation as a tagged PDF (PDF/UA), laid out in parts of some twelve thousand words."""

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext as _

from forums.printing import FONTS, CannotPrint, missing_scripts
from forums.templatetags.languages import direction
from submissions.compilations.joining import Joining
from submissions.compilations.layout_parent import Layouts
from submissions.compilations.running import DIGITS, Running

A_PART = 12_000  # words
MOST_ENTRIES = 40
FRAME = """
@page { size: A4; margin: 22mm 22mm 20mm; }
html { font-size: 10.5pt; line-height: 1.5; color: #14212b; }
"""
CSS = """
h1 { font-size: 21pt; line-height: 1.25; color: #00395f; margin: 18mm 0 6mm; }
h2 { font-size: 15pt; color: #00395f; border-bottom: 1.2pt solid #005b96; padding-bottom: 2mm; margin: 8mm 0 4mm; }
h3 { font-size: 12.5pt; line-height: 1.3; color: #00395f; margin: 8mm 0 1mm; }
h4, h5, h6 { font-size: 10.5pt; margin: 4mm 0 1mm; }
h1, h2, h3, h4, h5, h6 { bookmark-level: none; } h1, h2, h3, h4, h5, h6, .who, .line, .at { break-after: avoid; }
.who { font-size: 11.5pt; margin: 0 0 1mm; } .line { margin: 0; font-size: 9pt; line-height: 1.45; }
.line span:first-child { color: #4b5b67; } .at { font-size: 9pt; overflow-wrap: anywhere; margin: 0 0 3mm; }
.text { overflow-wrap: anywhere; } .text p, .text blockquote { margin: 0 0 2.5mm; }
.no { color: #4b5b67; font-size: 9pt; padding-inline-end: 2mm; }
.text table, .figures { border-collapse: collapse; } .text td, .text th { border: 0.3pt solid #6c7c87; padding: 1.5mm; }
table { width: 100%; } th, td { text-align: start; vertical-align: top; padding: 1.2mm 2mm; font-weight: normal; }
thead { display: table-header-group; } thead th { font-weight: bold; background: #e8f3fa; } tr { break-inside: avoid; }
.list td, .list th, .figures td, .figures th { border-bottom: 0.3pt solid #b6c2cb; } .list, .figures { font-size: 9.5pt; }
.n { text-align: end; white-space: nowrap; } .section { break-before: page; } a { color: #00395f; text-decoration: none; }
.not-public { border: 1.5pt solid #a4262c; color: #a4262c; padding: 3mm; font-weight: bold; margin: 6mm 0; }
"""


def pdf(compiled, progress=lambda: None) -> bytes:
    """Raises CannotPrint where a script has no font here. `progress` is called for each input."""
    _check_fonts(compiled)
    found = list(batches(compiled))
    with Layouts(len(found)) as layouts:
        said = layouts.answers(_jobs(compiled, found))
        joining = Joining(Running(next(said)))
        body = []
        for batch, answer in zip(found, said, strict=False):
            body.append(joining.add(answer))
            for _group, entries, _first in batch:
                for _entry in entries:
                    progress()
        back = joining.add(next(said))
        (answer,) = layouts.answers([_job(compiled, "front", len(found) + 1, found, {"pages": _pages_of([*body, back])})])
        front = joining.add(answer)
        fonts = layouts.fonts(joining.signs_of_fonts())
    title = f"{compiled.title} · {compiled.forum}"
    parts = [front, *body, back]
    return joining.ended(parts, fonts=fonts, title=title, front=front.pages, outline=_outline(compiled))


def batches(compiled):
    """Lists of (group, its entries in this part, whether they are its first), none of many more words than a part has."""
    batch, words, entries = [], 0, 0
    for group in compiled.groups:
        for place, entry in enumerate(group.entries):
            if batch and (words + entry.words > A_PART or entries >= MOST_ENTRIES):
                yield batch
                batch, words, entries = [], 0, 0
            if not batch or batch[-1][0] is not group:
                batch.append((group, [], place == 0))
            batch[-1][1].append(entry)
            words, entries = words + entry.words, entries + 1
    if batch:
        yield batch


def _jobs(compiled, found):
    """What stands on every page, the parts of the body, the indexes: none waits for what another comes to."""
    yield {"act": "running", "html": _page(compiled, "<p></p><p></p>", _running(compiled)), "place": 0, "of": len(found) + 2}
    for place, batch in enumerate(found):
        yield _job(compiled, "entries", place, found, {"batch": batch})
    yield _job(compiled, "back", len(found), found, {})


def _job(compiled, name, place, found, about):
    html = render_to_string(f"submissions/print/compilation_{name}.html", {"compiled": compiled, **about})
    return {"act": "part", "html": _page(compiled, html, FRAME + CSS), "place": place, "of": len(found) + 2}


def _page(compiled, html, css):
    title = escape(f"{compiled.title} · {compiled.forum}")
    return (
        f'<!doctype html><html lang="{compiled.language}" dir="{direction(compiled.language)}"><head>'
        f'<meta charset="utf-8"><title>{title}</title><style>html {{ font-family: {FONTS}; }} {css}</style></head>'
        f"<body>{html}</body></html>"
    )


def _running(compiled) -> str:
    """Two pages: the head and the mark of every page; and at the foot all signs of which the number of a page is made."""
    head = _css_text(compiled.forum)
    mark = _css_text(not_public_in_words()) if compiled.not_public else '""'
    start, end = ("right", "left") if direction(compiled.language) == "rtl" else ("left", "right")
    return (
        f"{FRAME} p {{ break-after: page; margin: 0; }} @page :first {{ "
        f"@top-{start} {{ content: {head}; font-size: 8pt; color: #4b5b67; }} "
        f"@top-{end} {{ content: {mark}; font-size: 9pt; font-weight: bold; color: #a4262c; }} }} "
        f"@page :nth(2) {{ @bottom-center {{ content: {_css_text(DIGITS)}; font-size: 9pt; white-space: nowrap; }} }}"
    )


def not_public_in_words() -> str:
    return _("Not public")


def _css_text(text) -> str:
    escaped = "".join(f"\\{ord(sign):06x}" if sign in "\\\"'<>&\n\r" else sign for sign in text)
    return f'"{escaped}"'


def _pages_of(body) -> dict:
    """Anchor -> the number of its page."""
    found, before = {}, 1
    for part in body:
        found |= {name: before + number for name, (number, _x, _y) in part.anchors.items()}
        before += part.pages
    return found


def _outline(compiled):
    """Depth, title, anchor."""
    yield 0, _("Contents"), "contents"
    for group in compiled.groups:
        yield 0, group.title, f"group-{group.code or 'none'}"
        for entry in group.entries:
            yield 1, entry.input.title, entry.anchor
    yield 0, _("Index of organisations"), "organisations"
    yield 0, _("Index of objectives"), "objectives"
    yield 0, _("Figures"), "figures"


def _check_fonts(compiled):
    signs = set(compiled.forum)
    for entry in compiled.entries:
        signs.update(entry.input.title, *(author.name for author in entry.input.authors))
        for part in entry.parts:
            signs.update(part.title, *(piece.html for piece in part.pieces))
    if missing := missing_scripts(signs):
        raise CannotPrint(
            _("This machine has no font for: %(scripts)s. Ask its operators to install the Noto fonts.")
            % {"scripts": ", ".join(missing)}
        )
