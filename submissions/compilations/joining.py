"""PDFs that are laid out part by part, written as one with its tags, links, outline and fonts.

A book of five hundred inputs laid out at once would hold its whole layout in memory; a part of two dozen does not, and what
it was laid out for is written before the next one begins. The tags of all parts are hung under one root; links from part to
part are written as `compilation:<anchor>` and led to their pages; each font is embedded once, with the signs of all parts.
"""

from io import BytesIO

import pydyf

from submissions.compilations.parts import SCHEME, Fonts, Laid, Taking, anchors_of
from submissions.compilations.pdf_file import PdfFile, reference

COMMON = ("catalog", "info", "pages", "fonts", "root", "document", "parents")
FROM_A_PART = ("Lang", "MarkInfo", "ViewerPreferences")


class Joining:
    """Parts are added in any order; `ended` says in which they stand."""

    def __init__(self):
        self.file = PdfFile()
        self.shared = {name: self.file.reserve() for name in COMMON}
        self.signs, self.fonts = {}, {}  # by key of a layout; by name in the file
        self.keys, self.links, self.catalog, self.added = [], [], {}, 0

    def add(self, document, **options) -> Laid:
        """Write a part that was laid out, and keep where its anchors are."""
        part = Laid(len(document.pages), anchors_of(document))
        document.fonts = Fonts(self.signs)
        document.write_pdf(BytesIO(), finisher=lambda _document, pdf: self._take(pdf, part), **options)
        return part

    def ended(self, parts, *, title, front, outline) -> bytes:
        """One PDF; the first part has `front` pages, numbered i, ii, iii.

        `outline` is triples of depth, title and anchor.
        """
        pages = [number for part in parts for number in part.page_numbers]
        places, before = {}, 0
        for part in parts:
            places |= {name: (pages[before + number], x, y) for name, (number, x, y) in part.anchors.items()}
            before += part.pages
        self._lead(places)
        self._write_fonts()
        self._write_tags([tag for part in parts for tag in part.tags])
        self._add("pages", {"Type": "/Pages", "Kids": _references(pages), "Count": len(pages)})
        self._add("info", {"Title": pydyf.String(title), **self.catalog.pop("info", {})})
        self._add("catalog", {**self._about(front, len(pages)), **self.catalog, **self._ways(outline, places)})
        return self.file.ended(self.shared["catalog"], self.shared["info"])

    # A part ----------------------------------------------------------------------------------------------------------

    def _take(self, pdf, part):
        self.added += 1
        taking = Taking(pdf, self.file, self.shared, self.added)
        self.keys += taking.raise_keys(len(self.keys))
        self.fonts |= taking.write()  # the last copy of a font has the signs of all before
        self.links += taking.links
        part.page_numbers = [taking.number(page.number) for page in taking.pages]
        part.tags = [taking.anew(tag) for tag in taking.document["K"]]
        self._keep_catalog(taking, pdf)
        del pdf.objects[1:]  # they are written already

    def _keep_catalog(self, taking, pdf):
        if not self.catalog:
            self.catalog = {name: pdf.catalog[name] for name in FROM_A_PART}
            about = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
            taking.put(about)
            self.catalog["Metadata"] = reference(taking.number(about.number))
            self.catalog["info"] = {"Producer": pdf.info["Producer"]}

    # The whole -------------------------------------------------------------------------------------------------------

    def _add(self, name, content):
        self.file.add(self.shared[name], pydyf.Dictionary(content).data)

    def _lead(self, places):
        """Lead links between parts to their pages; one to nowhere stays a link that does nothing."""
        for number, link in self.links:
            name = link.pop("A")["URI"].string.removeprefix(SCHEME)
            link["Contents"] = pydyf.String(name.rpartition("-input-")[2] or name)
            if name in places:
                link["Dest"] = _place(*places[name])
            self.file.add(number, link.data)

    def _write_fonts(self):
        known, written = {}, set()
        for name, (taking, objects) in self.fonts.items():
            known[name] = reference(taking.number(objects[0].number))
            for each in objects:
                if (taking.base, each.number) not in written:
                    written.add((taking.base, each.number))
                    taking.put(each)
        self._add("fonts", known)

    def _write_tags(self, tags):
        """One root of tags, with one element “Document” that holds what stood under those of the parts."""
        shared = {name: reference(number) for name, number in self.shared.items()}
        nums = pydyf.Array([each for pair in self.keys for each in pair])
        self._add("parents", {"Nums": nums})
        root = {"Type": "/StructTreeRoot", "K": pydyf.Array([shared["document"]]), "ParentTree": shared["parents"]}
        self._add("root", {**root, "ParentTreeNextKey": len(self.keys)})
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
        items = [_Item(self.file.reserve(), *each) for each in outline if each[2] in places]
        above = _Item(root, -1, "", "")
        _hang(above, items)
        for item in items:
            self.file.add(item.number, item.content(places[item.anchor][0]).data)
        self.file.add(root, pydyf.Dictionary({"Type": "/Outlines", **above.within()}).data)
        names = pydyf.Dictionary({"Dests": pydyf.Dictionary({"Names": dests})})
        return {"Outlines": reference(root), "Names": names}


class _Item:
    """A line of the outline."""

    def __init__(self, number, depth, title, anchor):
        self.number, self.depth, self.title, self.anchor = number, depth, title, anchor
        self.above, self.children, self.beside = None, [], {}

    def within(self) -> dict:
        if not self.children:
            return {}
        ends = {"First": reference(self.children[0].number), "Last": reference(self.children[-1].number)}
        return {**ends, "Count": self.count()}

    def count(self) -> int:
        return len(self.children) + sum(each.count() for each in self.children)

    def content(self, page):
        there = {"Title": pydyf.String(self.title), "Dest": pydyf.Array([reference(page), "/Fit"])}
        return pydyf.Dictionary({**there, "Parent": reference(self.above.number), **self.beside, **self.within()})


def _hang(root, items):
    latest = {root.depth: root}
    for item in items:
        item.above = latest[item.depth - 1]
        if item.above.children:
            item.above.children[-1].beside["Next"] = reference(item.number)
            item.beside["Prev"] = reference(item.above.children[-1].number)
        item.above.children.append(item)
        latest[item.depth] = item


def _place(page, x, y):
    return pydyf.Array([reference(page), "/XYZ", x, y, "null"])


def _references(numbers):
    return pydyf.Array([reference(number) for number in numbers])
