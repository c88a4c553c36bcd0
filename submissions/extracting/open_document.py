"""Texts and sheets in OpenDocument."""

import re
import zipfile

from submissions.extracting.found import answer, detail, number
from submissions.extracting.zipped import Gatherer, gather, local, part, places, rewrite, tree, values, written

BREAKS = {**dict.fromkeys(("p", "h", "line-break", "table-row"), "\n"), **dict.fromkeys(("tab", "s", "table-cell"), " ")}
ASIDE = {"annotation", "tracked-changes"}
FETCHED = {"image", "object", "object-ole", "section-source", "plugin", "event-listener"}
OUTSIDE = re.compile(r"[\w.+-]+:/?/|\\\\|//|vnd\.sun\.star\.script:")
GONE = re.compile(r"VersionList\.xml|Versions/.*|Thumbnails/.*")
EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3">'
    b"<office:meta/></office:document-meta>"
)


def read(file, _extension):
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        found = gather(archive, "content.xml", Words())
        about = values(archive, "meta.xml", {"initial-creator", "creator", "generator", "title"})
        hidden = {
            "author": detail(about.get("initial-creator", "")),
            "last_by": detail(about.get("creator", "")),
            "software": detail(about.get("generator", "")),
            "title": detail(about.get("title", "")),
            "place": places(archive),
            "comments": found.comments,
            "changes": found.changes,
            "revisions": len([name for name in names if name.startswith("Versions/")]),
        }
        embedded = any(re.match(r"Object \d+$|.*\.(bin|ole)$", name) for name in names)
        hazards = {name for name, there in (("outside", found.outside), ("embedded", embedded)) if there}
        text = "".join(found.signs)
        return answer([text], pages=_pages(archive, names), hidden=hidden, hazards=hazards, is_whole=found.is_whole)


class Words(Gatherer):
    """What is read of the content; comments and what was deleted are counted, not read."""

    is_whole = True

    def __init__(self):
        self.signs, self.comments, self.changes, self.outside, self.aside = [], 0, 0, False, 0

    def starts(self, kind, attributes):
        if self.aside or kind in ASIDE:
            self.aside += 1
        self.comments += kind == "annotation"
        self.changes += kind == "changed-region"
        address = next((value for key, value in attributes.items() if key.endswith("}href")), "")
        if kind in FETCHED and OUTSIDE.match(address):
            self.outside = True

    def ends(self, kind):
        if self.aside:
            self.aside -= 1
        elif kind in BREAKS:
            self.signs.append(BREAKS[kind])

    def says(self, text):
        if not self.aside:
            self.signs.append(text)


def _pages(archive, names):
    if "meta.xml" not in names:
        return None
    for element in tree(part(archive, "meta.xml")).iter():
        if local(element) == "document-statistic":
            return number(next((value for key, value in element.attrib.items() if key.endswith("}page-count")), ""))
    return None


def clean(file, to, _extension):
    """Without authors, programs, comments and earlier states. Who tracked a change is no longer named; the changes stay."""
    rewrite(file, to, _changed)
    return {}


def _changed(name, raw):
    if GONE.fullmatch(name):
        return None
    if name == "meta.xml":
        return EMPTY
    if name in ("content.xml", "styles.xml"):
        return _unnamed(raw)
    if name == "META-INF/manifest.xml":
        root = tree(raw)
        for entry in list(root):
            if any(GONE.fullmatch(value) for value in entry.attrib.values()):
                root.remove(entry)
        return written(root)
    return raw


def _unnamed(raw):
    root = tree(raw)
    for element in list(root.iter()):
        kind = local(element)
        if kind in ("annotation", "annotation-end"):
            _take_out(element)
        elif kind == "creator" and element.getparent() is not None and local(element.getparent()) == "change-info":
            element.text = ""
    return written(root)


def _take_out(element):
    """Remove an element and keep the words that follow it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
