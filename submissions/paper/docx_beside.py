"""The parts of a DOCX around the text: who stands under it, its title in the reader's language, files, additions, uses.

`page` are the Marks of the reader's language; `marks_of(document, language)` makes those of another.
"""

from django.utils.translation import gettext as _

from submissions.describing import plain
from submissions.paper.docx_text import add_prose


def add_bodies(document, together, page, marks_of):
    for heading, bodies in (
        (_("Together with"), together.co_sponsors),
        (_("Also on behalf of"), together.on_behalf_of),
    ):
        if bodies:
            page.mark(document.add_heading(heading, level=2))
        for body, word in bodies:
            named = document.add_paragraph(body.name, style="List Bullet")
            marks_of(document, body.language).mark(named)
            if word:
                page.mark_run(named.add_run(f" ({word})")._r)
    if together.on_behalf_of:
        page.mark(document.add_paragraph(_("Named by the lead; the portal did not ask these bodies.")))


def add_translation(document, told, page, own):
    """Where it comes from stands over it, so that nobody takes it for what the author wrote."""
    page.mark(document.add_paragraph(f"{told['label']} {told['old']}".strip()))
    own.mark(document.add_paragraph(told["title"], style="Intense Quote"))
    if told["summary"]:
        add_prose(document, told["summary"], own)


def add_beside(document, paper, page, marks_of):
    if paper.files or paper.being_checked:
        page.mark(document.add_heading(_("Files"), level=2))
        _files(document, paper.files, paper.being_checked, page)
    if paper.additions:
        page.mark(document.add_heading(_("Additions"), level=2))
    for one in paper.additions:
        _addition(document, one, page, marks_of(document, one.language))
    if paper.used_in:
        page.mark(document.add_heading(_("Used in"), level=2))
    for one in paper.used_in:
        words = " · ".join(filter(None, (one.words, one.about)))
        page.mark(document.add_paragraph("\n".join(filter(None, (words, *one.places, one.url))), style="List Bullet"))


def add_parts(document, parts, page, marks_of):
    """A sentence in which each part runs in its own direction: names, a title, an address."""
    paragraph = page.mark(document.add_paragraph())
    for words, language in parts:
        marks = marks_of(document, language) if language else page
        marks.mark_run(paragraph.add_run(words)._r)


def _addition(document, one, page, own):
    own.mark(document.add_heading(one.title, level=3))
    page.mark(document.add_paragraph(f"{one.symbol} · {one.about}"))
    for text in filter(None, (one.summary, one.text)):
        add_prose(document, text, own)
    _files(document, one.files, one.being_checked, page)


def _files(document, files, being_checked, page):
    if being_checked:
        page.mark(document.add_paragraph(being_checked))
    for file in files:
        said = f"{plain(file.name)}\n{file.about}\nSHA-256 {file.sha256}"
        page.mark(document.add_paragraph(said, style="List Bullet"))
