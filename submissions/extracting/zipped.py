"""Zipped documents: parts are read up to a measured size, XML without entities, network or DTD; rewritten without some."""

import io
import zipfile

from lxml import etree
from PIL import Image

from submissions.extracting import pictures
from submissions.extracting.found import time_is_up

MOST_OF_A_PART = 48 * 1024 * 1024
MOST_OF_A_SMALL_PART = 4 * 1024 * 1024
MOST_PICTURES = 60
DEEPEST = 200
SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


class TooMuch(ValueError):
    pass


def part(archive, name, *, most=MOST_OF_A_SMALL_PART) -> bytes:
    """The bytes of a part. The size it says of itself is not believed."""
    with archive.open(name) as stream:
        raw = stream.read(most + 1)
    if len(raw) > most:
        raise TooMuch(name)
    return raw


def tree(raw):
    root = etree.fromstring(raw, etree.XMLParser(**SAFE))
    if root.getroottree().docinfo.internalDTD is not None:
        raise Declared("a document of this kind declares no entities")
    return root


class Declared(ValueError):
    pass


class Gatherer:
    """Goes through a big part without keeping it: `starts` and `says` are called in the order of the document."""

    def starts(self, kind, attributes):
        """An element begins; names are without their namespace."""

    def ends(self, kind):
        """An element ends."""

    def says(self, text):
        """Text between two of them."""

    depth = 0

    def start(self, tag, attributes):
        self.depth += 1
        if self.depth > DEEPEST:
            raise TooMuch(tag)
        self.starts(bare(tag), attributes)

    def end(self, tag):
        self.depth -= 1
        self.ends(bare(tag))

    def data(self, text):
        self.says(text)

    def doctype(self, name, *_identifiers):
        raise Declared(name)

    def close(self):
        return self


def gather(archive, name, gatherer):
    """Send a part through the gatherer, piece by piece, up to a measured size and time; returns the gatherer."""
    parser, size = etree.XMLParser(target=gatherer, **SAFE), 0
    with archive.open(name) as stream:
        while piece := stream.read(65536):
            size += len(piece)
            if size > MOST_OF_A_PART:
                raise TooMuch(name)
            if time_is_up():
                gatherer.is_whole = False
                return gatherer
            parser.feed(piece)
    parser.close()
    return gatherer


def bare(tag) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def local(element) -> str:
    return bare(element.tag)


def values(archive, name, wanted) -> dict:
    """Texts of the first elements of these names in a small part, if it is there: local name -> text."""
    if name not in archive.namelist():
        return {}
    found = {}
    for element in tree(part(archive, name)).iter():
        if local(element) in wanted and element.text:
            found.setdefault(local(element), element.text)
    return found


def places(archive) -> str:
    """Where a photograph inside was taken, of the first that tells."""
    photographs = [name for name in archive.namelist() if name.lower().endswith((".jpg", ".jpeg"))]
    for name in photographs[:MOST_PICTURES]:
        try:
            with Image.open(io.BytesIO(part(archive, name, most=MOST_OF_A_PART)), formats=["JPEG"]) as picture:
                if place := pictures.hidden_of(picture)["place"]:
                    return place
        except Exception:  # noqa: S112 - a damaged picture in a document is no reason not to read the document
            continue
    return ""


def rewrite(file, to, change):
    """Write the document anew; `change` gets name and bytes of each part and gives new bytes, or None to leave it out."""
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in archive.infolist():
            raw = change(entry.filename, part(archive, entry.filename, most=MOST_OF_A_PART))
            if raw is None:
                continue
            if entry.filename.lower().endswith((".jpg", ".jpeg")):
                raw = pictures.without_segments(raw)
            kept = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            kept.compress_type = entry.compress_type
            out.writestr(kept, raw)


def written(root) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
