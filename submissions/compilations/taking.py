"""A part as it was laid out, taken to pieces: its objects as bytes, in the numbers of the part, to be numbered anew.

Runs in a child process. What is written at the end of a joined PDF is told apart: pages, tags, links to other parts, fonts.
"""

import re

import pydyf

SCHEME = "compilation:"
REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|\b(\d+) 0 R\b", re.DOTALL)  # words in brackets are passed over
KEYS = 1_000_000  # of one part: by such a key a page or a link finds its tags
FROM_A_PART = ("Lang", "MarkInfo", "ViewerPreferences")


class Taking:
    """`place` is the number of the part; no two parts use the same keys."""

    def __init__(self, pdf, place):
        self.pdf, self.place, self.pieces, self.content = pdf, place, [], []
        self.pages = [each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == "/Page"]
        self.root = self.of(pdf.catalog["StructTreeRoot"])
        self.document, self.parents = self.of(self.root["K"][0]), self.of(self.root["ParentTree"])
        self.fonts = self.of(self.of(self.pages[0]["Resources"])["Font"])

    def of(self, reference):
        return self.pdf.objects[int(reference.split()[0])]

    def answer(self):
        """What is to be known of it, and the bytes of its pieces, one after another."""
        keys = self._raise_keys()
        self._take()
        catalog = {name: _words(_bytes(self.pdf.catalog[name])) for name in FROM_A_PART}
        said = {
            "count": len(self.pdf.objects) - 1,
            "pieces": self.pieces,
            "shared": {self.fonts.number: "fonts", self.document.number: "document", self.pdf.pages.number: "pages"},
            "tags": [_words(tag) for tag in self.document["K"]],
            "keys": keys,
            "catalog": catalog,
            "producer": self.pdf.info["Producer"].string,
        }
        return said, b"".join(self.content)

    def _raise_keys(self) -> list:
        """Pairs of a key, which no other part has, and the tags that it leads to."""
        by = self.place * KEYS
        for each in self.pdf.objects:
            if isinstance(each, dict):
                for name in ("StructParents", "StructParent"):
                    if name in each:
                        each[name] += by
                if "ID" in each:  # of a cell; the cells that it heads name the same
                    each["ID"].string = f"{self.place}-{each['ID'].string}"
        kept = self.parents["Nums"]
        return [(key + by, _words(_bytes(value))) for key, value in zip(kept[::2], kept[1::2], strict=True)]

    def _take(self):
        """Everything but what all parts have in common."""
        left = {number for found in self.fonts.values() for number in reached(self.pdf, found)}
        common = (self.pdf.pages, self.pdf.catalog, self.pdf.info, self.root, self.document, self.parents, self.fonts)
        left |= {each.number for each in common}
        for each in self.pdf.objects[1:]:
            if each.number not in left:
                self._put(each)

    def _put(self, each):
        kind, name = "plain", ""
        if isinstance(each, pydyf.Stream):
            kind = "about" if each.extra.get("Type") == "/Metadata" else "stream"
        elif each in self.pages:
            kind = "page"
        elif _leads_to_a_part(each):
            kind, name = "link", each.pop("A")["URI"].string.removeprefix(SCHEME)
            each.pop("Contents", None)
        content = each.data
        self.content.append(content)
        self.pieces.append((kind, each.number, len(content), name))


def reached(pdf, start) -> list:
    """Numbers of the objects of a font, itself first."""
    found, open_ones = [], [int(start.split()[0])]
    while open_ones:
        number = open_ones.pop()
        if number not in found:
            found.append(number)
            each = pdf.objects[number]
            content = pydyf.Dictionary(each.extra).data if isinstance(each, pydyf.Stream) else each.data
            open_ones += [int(one[1]) for one in REFERENCE.finditer(content) if one[1]]
    return found


def packed_font(pdf, start):
    """The pieces of a font, itself first, and their bytes."""
    objects = [pdf.objects[number] for number in reached(pdf, start)]
    content = [each.data for each in objects]
    kinds = ["stream" if isinstance(each, pydyf.Stream) else "plain" for each in objects]
    pieces = [(kind, each.number, len(one), "") for kind, each, one in zip(kinds, objects, content, strict=True)]
    return pieces, b"".join(content)


def _bytes(value) -> bytes:
    return value.data if isinstance(value, pydyf.Object) else value


def _words(content) -> str:
    return content.decode("latin-1")


def _leads_to_a_part(each) -> bool:
    return isinstance(each, dict) and "A" in each and "URI" in each["A"] and each["A"]["URI"].string.startswith(SCHEME)
