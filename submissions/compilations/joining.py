"""PDFs that are laid out part by part, written as one with its tags, links, outline and fonts.

A book of five hundred inputs laid out at once would hold its whole layout in memory; a part of two dozen does not. Parts
come from processes of their own (layout_parent.py) and are written in their order as they come. The tags of all parts are
hung under one root; links from part to part are led to their pages; each page is given its number; each font is embedded
once, with the signs of all parts.
"""

import re

import pydyf

from submissions.compilations.outline import Line, hang
from submissions.compilations.pdf_file import PdfFile, reference
from submissions.compilations.pieces import Laid, Numbers, cut
from submissions.compilations.running import Running

CONTENTS = re.compile(rb"/Contents (\d+ 0 R)")
COMMON = ("catalog", "info", "pages", "fonts", "root", "document", "parents", "head")


class Joining:
    """Parts are added in any order, always the same; `ended` says in which they stand."""

    def __init__(self, running: Running):
        self.file, self.running = PdfFile(), running
        self.shared = {name: self.file.reserve() for name in COMMON}
        self.signs, self.links, self.catalog = {}, [], {}
        self._keep_signs(running.fonts)

    def add(self, answer) -> Laid:
        """Write a part that was laid out, and keep where its anchors are."""
        said, content = answer
        others = {int(number): self.shared[name] for number, name in said["shared"].items()}
        numbers = Numbers(self.file.reserve(said["count"]) - 1, others)
        part = Laid(said["anchors"])
        self._write(said["pieces"], content, numbers, part)
        part.tags = [numbers.anew(tag.encode("latin-1")) for tag in said["tags"]]
        part.keys = [(key, numbers.anew(value.encode("latin-1"))) for key, value in said["keys"]]
        self._keep_signs(said["fonts"])
        self.catalog |= {name: value.encode("latin-1") for name, value in said["catalog"].items()}
        self.catalog["producer"] = said["producer"]
        return part

    def ended(self, parts, *, fonts, title, front, outline) -> bytes:
        """One PDF; the first part has `front` pages, numbered i, ii, iii.

        `fonts` is name -> pieces and bytes; `outline` is triples of depth, title and anchor.
        """
        pages = [number for part in parts for number, _content in part.page_objects]
        places, before = {}, 0
        for part in parts:
            places |= {name: (pages[before + number], x, y) for name, (number, x, y) in part.anchors.items()}
            before += part.pages
        self._write_pages([each for part in parts for each in part.page_objects], front)
        self._lead(places)
        self._write_fonts(fonts)
        self._write_tags([tag for part in parts for tag in part.tags], sorted(key for part in parts for key in part.keys))
        self._add("pages", {"Type": "/Pages", "Kids": _references(pages), "Count": len(pages)})
        self._add("info", {"Title": pydyf.String(title), "Producer": pydyf.String(self.catalog.pop("producer"))})
        self._add("catalog", {**self._about(front, len(pages)), **self.catalog, **self._ways(outline, places)})
        return self.file.ended(self.shared["catalog"], self.shared["info"])

    # A part ----------------------------------------------------------------------------------------------------------

    def _write(self, pieces, content, numbers, part):
        for kind, number, piece, name in cut(pieces, content):
            number = numbers.of(number)
            if kind == "page":
                part.page_objects.append((number, numbers.anew(piece)))
            elif kind == "link":
                self.links.append((number, name, numbers.anew(piece)))
            elif kind == "plain":
                self.file.add(number, numbers.anew(piece))
            elif kind == "stream" or "Metadata" not in self.catalog:
                self._write_stream(number, piece, numbers)
                if kind == "about":
                    self.catalog["Metadata"] = reference(number)

    def _write_stream(self, number, piece, numbers):
        about, mark, stream = piece.partition(b"\nstream\n")
        self.file.add_stream(number, numbers.anew(about) + mark + stream)

    def _keep_signs(self, fonts):
        """The first that says what a sign stands for is believed, as in a PDF laid out at once."""
        for name, signs in fonts.items():
            kept = self.signs.setdefault(name, {"to_unicode": {}, "widths": {}, "missing": {}, "size": signs["size"]})
            for each in ("to_unicode", "widths", "missing"):
                kept[each] = {**dict(signs[each]), **kept[each]}

    def signs_of_fonts(self) -> dict:
        """Name of a font -> all that was written with it."""
        lists = ("to_unicode", "widths", "missing")
        return {
            name: {"size": kept["size"], **{each: sorted(kept[each].items()) for each in lists}}
            for name, kept in sorted(self.signs.items())
        }

    # The whole -------------------------------------------------------------------------------------------------------

    def _add(self, name, content):
        self.file.add(self.shared[name], pydyf.Dictionary(content).data)

    def _write_pages(self, pages, front):
        """Each page, with the head and its number drawn after what stands on it."""
        self.file.add_stream(self.shared["head"], self.running.head)
        for place, (number, content) in enumerate(pages):
            roman = place < front
            drawn = self.file.reserve()
            self.file.add_stream(drawn, self.running.number(place + 1 if roman else place + 1 - front, roman))
            marks = b"/Contents [\\1 %b %b]" % (reference(self.shared["head"]), reference(drawn))
            content, done = CONTENTS.subn(marks, content)
            assert done == 1, "a page that is not drawn by one stream"
            self.file.add(number, content)

    def _lead(self, places):
        """Lead links between parts to their pages; one to nowhere stays a link that does nothing."""
        for number, name, link in self.links:
            led = {"Contents": pydyf.String(name.rpartition("-input-")[2] or name)}
            if name in places:
                led["Dest"] = _place(*places[name])
            self.file.add(number, link.removesuffix(b">>") + pydyf.Dictionary(led).data.removeprefix(b"<<"))

    def _write_fonts(self, fonts):
        known = {}
        for name, (pieces, content) in sorted(fonts.items()):
            base = self.file.reserve(len(pieces))
            numbers = Numbers(0, {piece[1]: base + place for place, piece in enumerate(pieces)})
            known[name] = reference(base)
            self._write(pieces, content, numbers, None)
        self._add("fonts", known)

    def _write_tags(self, tags, keys):
        """One root of tags, with one element “Document” that holds what stood under those of the parts."""
        shared = {name: reference(number) for name, number in self.shared.items()}
        self._add("parents", {"Nums": pydyf.Array([each for pair in keys for each in pair])})
        root = {"Type": "/StructTreeRoot", "K": pydyf.Array([shared["document"]]), "ParentTree": shared["parents"]}
        self._add("root", {**root, "ParentTreeNextKey": keys[-1][0] + 1})
        self._add("document", {"Type": "/StructElem", "S": "/Document", "P": shared["root"], "K": pydyf.Array(tags)})

    def _about(self, front, pages) -> dict:
        labels = [0, pydyf.Dictionary({"S": "/r"})]
        if pages > front:
            labels += [front, pydyf.Dictionary({"S": "/D"})]
        return {
            "Type": "/Catalog",
            "Pages": reference(self.shared["pages"]),
            "StructTreeRoot": reference(self.shared["root"]),
            "PageLabels": pydyf.Dictionary({"Nums": pydyf.Array(labels)}),
        }

    def _ways(self, outline, places) -> dict:
        """The outline, and the names by which links within a part find their places."""
        dests = pydyf.Array()
        for name, place in sorted((pydyf.String(name).data, place) for name, place in places.items()):
            dests += [name, _place(*place)]
        root = self.file.reserve()
        items = [Line(self.file.reserve(), *each) for each in outline if each[2] in places]
        above = Line(root, -1, "", "")
        hang(above, items)
        for item in items:
            self.file.add(item.number, item.content(places[item.anchor][0]).data)
        self.file.add(root, pydyf.Dictionary({"Type": "/Outlines", **above.within()}).data)
        names = pydyf.Dictionary({"Dests": pydyf.Dictionary({"Names": dests})})
        return {"Outlines": reference(root), "Names": names}


def _place(page, x, y):
    return pydyf.Array([reference(page), "/XYZ", x, y, "null"])


def _references(numbers):
    return pydyf.Array([reference(number) for number in numbers])
