"""What stands on every page beside its text: head, mark, and the number of the page, known when parts are joined.

All of it is told as an artifact (ISO 32000-1, 14.8.2.2): who listens to a document does not hear it on every page.
"""

import re

import pydyf

DIGITS = "0123456789ivxlcdm"  # what is drawn once, so that it is known how each sign of a number is drawn
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
ROMAN += ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
TEXT = re.compile(rb"1 0 0 -1 (\S+) (\S+) Tm\n/(\S+) (\S+) Tf\n\[(.*?)\] TJ", re.DOTALL)
GLYPH = re.compile(rb"<([0-9a-f]+)>")
POINTS = 0.75  # of a pixel of the layout
ALPHA = re.compile(rb"^/a1\.0 gs\n", re.MULTILINE)  # nothing here is seen through; pages name that as they like


class Running:
    """Made from what was drawn on two pages: the head and the mark; and all signs of which a number can be made."""

    def __init__(self, answer):
        said, _none = answer
        head, numbers = (ALPHA.sub(b"", drawn.encode()) for drawn in said["drawn"])
        self.fonts, self.head = said["fonts"], _artifact(head, b"Header")
        (found,) = TEXT.finditer(numbers)  # one text in one font, else it is not known how to draw a number
        x, self.y, font, self.size = float(found[1]), found[2], found[3].decode(), found[4]
        glyphs = GLYPH.findall(found[5])
        self.glyphs = dict(zip(DIGITS, glyphs, strict=True))
        widths = dict(self.fonts[font]["widths"])
        self.widths = {sign: widths[int(glyph, 16)] * float(self.size) / 1000 for sign, glyph in self.glyphs.items()}
        self.middle = x + sum(self.widths.values()) / 2
        self.before, _text, self.after = numbers.partition(found[0])
        self.font = found[3]

    def number(self, number, roman=False) -> bytes:
        """The stream that draws it in the middle of the foot."""
        signs = in_roman(number) if roman else str(number)
        x = self.middle - sum(self.widths[sign] for sign in signs) / 2
        glyphs = b"".join(self.glyphs[sign] for sign in signs)
        text = b"1 0 0 -1 %.3f %b Tm\n/%b %b Tf\n<%b> Tj" % (x, self.y, self.font, self.size, glyphs)
        return _artifact(self.before + text + self.after, b"Footer")


def in_roman(number) -> str:
    said = ""
    for value, signs in ROMAN:
        count, number = divmod(number, value)
        said += signs * count
    return said


def _artifact(drawn, kind) -> bytes:
    return pydyf.Stream([b"/Artifact\n<</Type /Pagination /Subtype /%b>>\nBDC" % kind, drawn, b"EMC"]).data
