"""Lays out HTML and answers with what is to stand in a joined PDF. Runs in a child process; knows nothing of the portal.

A part does not know with which page it begins, nor what other parts say: so they are laid out in any order, side by side.
"""

from functools import partial
from io import BytesIO

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration, get_hb_object_data
from weasyprint.urls import URLFetcher

from submissions.compilations.taking import Taking, packed_font

OPTIONS = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
POINTS = 0.75  # of a pixel of the layout
SIGNS = ("to_unicode", "widths", "missing")


class Laying:
    """What a child process does, by the name of the act. All parts share the fonts that were looked up once."""

    def __init__(self):
        self.configuration, self.held = FontConfiguration(), {}

    def part(self, html, place, of):
        """The objects of a part, the signs of its fonts, its anchors."""
        document, taken = self._laid(html, place, of), []
        document.write_pdf(BytesIO(), finisher=lambda _document, pdf: taken.append(_taken(pdf, place)), **OPTIONS)
        said, content = taken[0]
        said |= {"anchors": _anchors_of(document), "fonts": _signs_of(document.fonts)}
        return said, content

    def running(self, html, place, of):
        """The marks of each page as they are drawn, without tags: they are put onto pages of other parts."""
        document, drawn = self._laid(html, place, of), []
        document.write_pdf(BytesIO(), finisher=lambda _document, pdf: drawn.extend(_drawn(pdf)), pdf_version="1.7")
        return {"drawn": drawn, "fonts": _signs_of(document.fonts)}, b""

    def fonts(self, signs):
        """The fonts of these names, each cut to the signs that all parts wrote with it."""
        document, written = self._laid("<!doctype html><title></title>", 0, 1), []
        document.fonts = {name: self._whole(name, each) for name, each in signs.items()}
        document.write_pdf(BytesIO(), finisher=lambda _document, pdf: written.append(_fonts_of(pdf)))
        return written[0]

    def _laid(self, html, place, of):
        fetcher = URLFetcher(allowed_protocols=["data"], allow_redirects=False)
        document = HTML(string=html, url_fetcher=fetcher).render(font_config=self.configuration, **OPTIONS)
        document.fonts = Fonts(self.held, place, of)
        return document

    def _whole(self, name, signs):
        font = self.held[name]
        for each in SIGNS:
            setattr(font, each, dict(signs[each]))
        font.ascent, font.descent = signs["size"]
        if not font.bitmap:
            font.clean = partial(_cut, font)
        return font


class Fonts(dict):
    """The fonts of a part, held for the end: a font is cut to its signs once, when those of all parts are known.

    Each would otherwise carry a copy of its file, twenty megabytes for Chinese, and be cut anew for every part.
    """

    def __init__(self, held, place, of):
        super().__init__()
        self.held, self.place, self.of = held, place, of

    def __setitem__(self, key, font):
        font.missing = Missing(self.place, self.of)
        if not font.bitmap:
            font.clean, font.file_content = _not_yet, b""
        self.held.setdefault(font.hash, font)
        super().__setitem__(key, font)


class Missing(dict):
    """Signs that a font has not got, each with a number that no other part gives: it is taken from the length of this."""

    def __init__(self, place, of):
        super().__init__()
        self.place, self.of = place, of

    def __len__(self):
        return super().__len__() * self.of + self.place


def _not_yet(_to_unicode, _hinting):
    pass


def _cut(font, to_unicode, hinting):
    """One whole file in memory at a time."""
    font.file_content = get_hb_object_data(font.hb_face)
    type(font).clean(font, to_unicode, hinting)


def _taken(pdf, place):
    taken = Taking(pdf, place).answer()
    del pdf.objects[1:]  # they are taken: nothing is left to be written
    return taken


def _drawn(pdf):
    """The marks of each page, without the turn of the page, in the first line, that its own marks begin with as well."""
    pages = [each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == "/Page"]
    for page in pages:
        drawn = pdf.objects[int(page["Contents"].split()[0])]
        drawn.compress = False
        marks = drawn.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
        yield marks.partition(b"\n")[2].decode()


def _fonts_of(pdf):
    page = next(each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == "/Page")
    resources = pdf.objects[int(page["Resources"].split()[0])]
    names, said, content = pdf.objects[int(resources["Font"].split()[0])], {}, []
    for name, found in names.items():
        said[name], written = packed_font(pdf, found)
        content.append(written)
    del pdf.objects[1:]
    return {"written": said}, b"".join(content)


def _signs_of(fonts) -> dict:
    """Name of a font -> the signs that were written with it, and its height, which a later part must not measure anew."""
    found = {}
    for font in fonts.values():
        signs = found.setdefault(font.hash, {**{name: [] for name in SIGNS}, "size": [font.ascent, font.descent]})
        for name in SIGNS:
            signs[name] += getattr(font, name).items()
    return found


def _anchors_of(document) -> dict:
    """Anchor -> number of its page, and x and y in points."""
    found = {}
    for number, page in enumerate(document.pages):
        for name, box in page.anchors.items():
            found[name] = (number, box[0] * POINTS, (page.height - box[1]) * POINTS)
    return found
