"""PDFs that were laid out part by part, joined into one with its tags, links and outline.

A book of five hundred inputs laid out at once would hold its whole layout in memory; a part of two dozen does not. The tags
of all parts are hung under one root; links from part to part are written as `compilation:<anchor>` and led to their pages.
"""

from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

SCHEME = "compilation:"
POINTS = 0.75  # of a pixel of the layout
ROMAN = "/r"


@dataclass(frozen=True)
class Laid:
    """A part as it was laid out: its bytes, its number of pages, and where its anchors are (page, x, y) in points."""

    bytes: bytes
    pages: int
    anchors: dict


def laid(document, **options) -> Laid:
    """Write a laid out part, and keep where its anchors are."""
    anchors = {}
    for number, page in enumerate(document.pages):
        for name, box in page.anchors.items():
            anchors[name] = (number, box[0] * POINTS, (page.height - box[1]) * POINTS)
    return Laid(document.write_pdf(**options), len(document.pages), anchors)


def joined(parts, *, title, front, outline) -> bytes:
    """One PDF; the first part has `front` pages, numbered i, ii, iii. `outline` is triples of depth, title and anchor."""
    writer, nums, roots, next_key, places, page_count = PdfWriter(), [], [], 0, {}, 0
    catalog = None
    for part in parts:
        reader = PdfReader(BytesIO(part.bytes))
        writer.append(reader, import_outline=False)
        catalog = catalog or reader.trailer["/Root"]
        next_key = _hang(writer, reader, page_count, next_key, nums, roots)
        places |= {name: (page_count + number, x, y) for name, (number, x, y) in part.anchors.items()}
        page_count += part.pages
    _finish(writer, catalog, nums, roots, next_key)
    writer.add_metadata({"/Title": title})
    _number(writer, front)
    _lead(writer, places)
    _outline(writer, outline, places)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _hang(writer, reader, page_count, offset, nums, roots) -> int:
    """Take over the tags of a part; the keys by which pages and links find theirs are raised by `offset`."""
    root = reader.trailer["/Root"]["/StructTreeRoot"].get_object()
    highest = 0
    for page, source in zip(writer.pages[page_count:], reader.pages, strict=True):
        if "/StructParents" in source:  # pypdf leaves it behind
            page[NameObject("/StructParents")] = NumberObject(int(source["/StructParents"]))
        highest = max(highest, _raise(page, "/StructParents", offset))
        for note in page.get("/Annots", ()):
            highest = max(highest, _raise(note.get_object(), "/StructParent", offset))
    kept = root["/ParentTree"].get_object()["/Nums"]
    for key, value in zip(kept[::2], kept[1::2], strict=True):
        nums += [NumberObject(int(key) + offset), value.clone(writer)]
        highest = max(highest, int(key) + offset)
    roots += [element.clone(writer) for element in root["/K"]]
    return highest + 1


def _raise(thing, name, offset) -> int:
    if name not in thing:
        return 0
    thing[NameObject(name)] = NumberObject(int(thing[name]) + offset)
    return int(thing[name])


def _finish(writer, catalog, nums, roots, next_key):
    """One root of tags, with one element “Document” that holds what stood under those of the parts."""
    whole = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/StructElem")}))
    children = ArrayObject()
    for root in roots:
        element = root.get_object()
        kids = element["/K"]
        for kid in kids if isinstance(kids, ArrayObject) else [kids]:
            kid.get_object()[NameObject("/P")] = whole
            children.append(kid)
    tree = writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/StructTreeRoot"),
                NameObject("/K"): ArrayObject([whole]),
                NameObject("/ParentTree"): writer._add_object(DictionaryObject({NameObject("/Nums"): ArrayObject(nums)})),
                NameObject("/ParentTreeNextKey"): NumberObject(next_key),
            }
        )
    )
    whole.get_object().update(
        {NameObject("/S"): NameObject("/Document"), NameObject("/P"): tree, NameObject("/K"): children}
    )
    root = writer._root_object
    root[NameObject("/StructTreeRoot")] = tree
    for name in ("/Lang", "/MarkInfo", "/ViewerPreferences", "/Metadata"):
        if name in catalog:
            root[NameObject(name)] = catalog.raw_get(name).clone(writer)


def _number(writer, front):
    labels = [NumberObject(0), DictionaryObject({NameObject("/S"): NameObject(ROMAN)})]
    if len(writer.pages) > front:
        labels += [NumberObject(front), DictionaryObject({NameObject("/S"): NameObject("/D")})]
    writer._root_object[NameObject("/PageLabels")] = DictionaryObject({NameObject("/Nums"): ArrayObject(labels)})


def _lead(writer, places):
    """Lead links between parts to their pages; one to nowhere stays a link that does nothing."""
    for page in writer.pages:
        for note in page.get("/Annots", ()):
            link = note.get_object()
            address = str(link.get("/A", {}).get("/URI", ""))
            if address.startswith(SCHEME):
                name = address.removeprefix(SCHEME)
                link[NameObject("/Contents")] = TextStringObject(name.rpartition("-input-")[2] or name)
                link.pop("/A")
                if name in places:
                    link[NameObject("/Dest")] = _destination(writer, *places[name])


def _destination(writer, number, x, y):
    page = writer.pages[number].indirect_reference
    return ArrayObject([page, NameObject("/XYZ"), FloatObject(x), FloatObject(y), NullObject()])


def _outline(writer, outline, places):
    above = {}
    for depth, title, anchor in outline:
        if anchor in places:
            above[depth] = writer.add_outline_item(title, places[anchor][0], parent=above.get(depth - 1))
