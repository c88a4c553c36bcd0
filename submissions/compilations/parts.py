"""A part of a PDF as it was laid out: its objects are taken from the layout, numbered anew and written at once.

What is written at the end of a PDF is kept from each part: its pages, its tags, links to other parts, fonts.
"""

import re
from dataclasses import dataclass, field

import pydyf

from submissions.compilations.pdf_file import reference

SCHEME = "compilation:"
POINTS = 0.75  # of a pixel of the layout
REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|\b(\d+) 0 R\b", re.DOTALL)  # words in brackets are passed over


@dataclass
class Laid:
    """Number of pages, and anchor -> (page of the part, x, y in points); the rest are numbers of objects of the file."""

    pages: int
    anchors: dict
    page_numbers: list = field(default_factory=list)
    tags: list = field(default_factory=list)


class Fonts(dict):
    """The fonts of a part. Each knows the signs that earlier parts wrote with it, so that its last copy holds them all."""

    def __init__(self, written):
        super().__init__()
        self.written = written

    def __setitem__(self, key, font):
        signs = self.written.setdefault(key, (font.to_unicode, font.widths, font.missing))
        font.to_unicode, font.widths, font.missing = signs
        super().__setitem__(key, font)


class Taking:
    """Takes the objects of a part into a file. `shared` is name -> number of what all parts have in common."""

    def __init__(self, pdf, file, shared, place):
        self.pdf, self.file, self.place = pdf, file, place
        self.base = file.reserve(len(pdf.objects) - 1) - 1
        self.pages = [each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == "/Page"]
        self.root = self.of(pdf.catalog["StructTreeRoot"])
        self.document, self.parents = self.of(self.root["K"][0]), self.of(self.root["ParentTree"])
        self.resources = self.of(self.pages[0]["Resources"])
        self.fonts = self.of(self.resources["Font"])
        self.others = {self.fonts.number: shared["fonts"], self.document.number: shared["document"]}
        self.others[pdf.pages.number] = shared["pages"]
        self.links = []  # pairs of a number and a link that leads to another part

    def of(self, reference):
        return self.pdf.objects[int(reference.split()[0])]

    def number(self, of) -> int:
        return self.others.get(of, self.base + of)

    def anew(self, content: bytes) -> bytes:
        """With the numbers that its objects have in the file."""
        return REFERENCE.sub(lambda found: reference(self.number(int(found[1]))) if found[1] else found[0], content)

    def raise_keys(self, by) -> list:
        """The keys by which pages and links find their tags start at `by`; returns keys, and what they lead to, in turn."""
        for each in self.pdf.objects:
            if isinstance(each, dict):
                for name in ("StructParents", "StructParent"):
                    if name in each:
                        each[name] += by
                if "ID" in each:  # of a cell; the cells that it heads name the same
                    each["ID"].string = f"{self.place}-{each['ID'].string}"
        kept = self.parents["Nums"]
        return [(key + by, self.anew(_bytes(value))) for key, value in zip(kept[::2], kept[1::2], strict=True)]

    def write(self):
        """Everything but what all parts have in common; returns font -> objects that belong to it, not written yet."""
        fonts = {name: self._reached(found) for name, found in self.fonts.items()}
        left = {number for reached in fonts.values() for number in reached}
        common = (self.pdf.pages, self.pdf.catalog, self.pdf.info, self.root, self.document, self.parents, self.fonts)
        left |= {each.number for each in common}
        for each in self.pdf.objects[1:]:
            if each.number not in left and not _is_metadata(each):
                self._write(each)
        return {name: (self, [self.pdf.objects[number] for number in reached]) for name, reached in fonts.items()}

    def _write(self, each):
        if _leads_to_a_part(each):
            self.links.append((self.number(each.number), each))
        else:
            self.put(each)

    def put(self, each):
        if isinstance(each, pydyf.Stream):
            about, mark, stream = each.data.partition(b"\nstream\n")
            self.file.add_stream(self.number(each.number), self.anew(about) + mark + stream)
        else:
            self.file.add(self.number(each.number), self.anew(each.data))

    def _reached(self, start) -> list:
        """Numbers of the objects of a font."""
        found, open_ones = [], [int(start.split()[0])]
        while open_ones:
            number = open_ones.pop()
            if number not in found:
                found.append(number)
                each = self.pdf.objects[number]
                content = pydyf.Dictionary(each.extra).data if isinstance(each, pydyf.Stream) else each.data
                open_ones += [int(one[1]) for one in REFERENCE.finditer(content) if one[1]]
        return found


def anchors_of(document) -> dict:
    """Anchor -> number of its page, and x and y in points."""
    found = {}
    for number, page in enumerate(document.pages):
        for name, box in page.anchors.items():
            found[name] = (number, box[0] * POINTS, (page.height - box[1]) * POINTS)
    return found


def _bytes(value) -> bytes:
    return value.data if isinstance(value, pydyf.Object) else value


def _is_metadata(each) -> bool:
    return isinstance(each, pydyf.Stream) and each.extra.get("Type") == "/Metadata"


def _leads_to_a_part(each) -> bool:
    return isinstance(each, dict) and "A" in each and "URI" in each["A"] and each["A"]["URI"].string.startswith(SCHEME)
