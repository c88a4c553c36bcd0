"""Documents, sheets and slides in Office Open XML."""

import posixpath
import re
import zipfile

from submissions.extracting.found import answer, detail, number
from submissions.extracting.zipped import Gatherer, gather, local, part, places, rewrite, tree, values, written

BODY = {
    ".docx": re.compile(r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml"),
    ".xlsx": re.compile(r"xl/(sharedStrings|worksheets/sheet\d+)\.xml"),
    ".pptx": re.compile(r"ppt/(slides|notesSlides)/\w+\.xml"),
}
COMMENTS = re.compile(
    r"word/comments\w*\.xml|xl/(comments/)?comments?\d*\.xml|xl/threadedComments/\w+\.xml"
    r"|ppt/comments/\w+\.xml|ppt/comments\d*\.xml"
)
PEOPLE = re.compile(r"word/people\.xml|xl/persons/\w+\.xml|ppt/(commentAuthors|authors)\.xml")
ABOUT = re.compile(r"docProps/(core|app|custom)\.xml|docProps/thumbnail\.\w+")
EMBEDDED = re.compile(r"(^|/)embeddings/(?!.*\.(xlsx|docx|pptx)$)", re.IGNORECASE)  # sheets behind charts are everyday
BREAKS = {**dict.fromkeys(("p", "br", "cr", "row", "si"), "\n"), **dict.fromkeys(("tab", "tc", "c"), " ")}
FETCHING = re.compile(r"\bDDE(AUTO)?\b|\bINCLUDE(PICTURE|TEXT)\b|\bWEBSERVICE\s*\(|^\s*\w+\|'", re.IGNORECASE)
CHANGES = {"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"}
POINTS_TO_COMMENTS = {"commentRangeStart", "commentRangeEnd", "commentReference"}
OUTSIDE = (
    "attachedTemplate",
    "image",
    "oleObject",
    "frame",
    "subDocument",
    "externalLink",
    "externalLinkPath",
    "video",
    "audio",
)


def read(file, extension):
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        texts, changes, fetches = _texts(
            archive, sorted((n for n in names if BODY[extension].fullmatch(n)), key=_by_number), extension
        )
        core = values(archive, "docProps/core.xml", {"creator", "lastModifiedBy", "title"})
        app = values(archive, "docProps/app.xml", {"Company", "Application", "Pages", "Slides"})
        hidden = {
            "author": detail(core.get("creator", "")),
            "last_by": detail(core.get("lastModifiedBy", "")),
            "title": detail(core.get("title", "")),
            "company": detail(app.get("Company", "")),
            "software": detail(app.get("Application", "")),
            "place": places(archive),
            "comments": sum(_comments(archive, name) for name in names if COMMENTS.fullmatch(name)),
            "changes": changes,
        }
        pages = {".pptx": len([n for n in names if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)]), ".xlsx": None}.get(
            extension, number(app.get("Pages"))
        )
        return answer(texts, pages=pages, hidden=hidden, hazards=_hazards(archive, names, fetches))


def _by_number(name):
    return [int(piece) if piece.isdigit() else piece for piece in re.split(r"(\d+)", name)]


class Words(Gatherer):
    """What is read of a part: the text of runs and cells, and how many changes and comments are marked."""

    is_whole = True

    def __init__(self):
        self.signs, self.fields, self.changes, self.comments = [], [], 0, 0
        self.open, self.field, self.cell = False, False, ""

    def starts(self, kind, attributes):
        if kind == "c":
            self.cell = attributes.get("t", "")
        self.open = kind == "t" or (kind == "v" and self.cell != "s")
        self.field = kind in ("instrText", "fldSimple", "f")
        self.fields.append(next((value for key, value in attributes.items() if key.endswith("}instr")), ""))
        self.changes += kind in CHANGES
        self.comments += kind in ("comment", "cm", "threadedComment")

    def ends(self, kind):
        self.open = self.field = False
        if kind in BREAKS:
            self.signs.append(BREAKS[kind])

    def says(self, text):
        if self.open:
            self.signs.append(text)
        elif self.field:
            self.fields.append(text)


def _texts(archive, names, extension):
    """Slides one by one, everything else as one page; and how many changes are tracked."""
    found = [gather(archive, name, Words()) for name in names]
    texts = ["".join(each.signs).strip() for each in found]
    changes = sum(each.changes for each in found) if extension == ".docx" else 0
    fetches = any(FETCHING.search("".join(each.fields)) for each in found)
    return (texts if extension == ".pptx" else ["\n".join(text for text in texts if text)]), changes, fetches


def _comments(archive, name):
    return gather(archive, name, Words()).comments


def _hazards(archive, names, fetches):
    found = {"embedded"} if any(EMBEDDED.search(name) for name in names) else set()
    found |= {"outside"} if fetches else set()
    for name in names:
        if name.endswith(".rels"):
            for link in tree(part(archive, name)).iter():
                kind = link.get("Type", "").rpartition("/")[2]
                if link.get("TargetMode") == "External" and kind in OUTSIDE:
                    found.add("outside")
                if kind == "aFChunk":
                    found.add("embedded")
    return found


def clean(file, to, extension):
    """Without authors, programs, thumbnails and comments. Who tracked a change is no longer named; the changes stay.

    Which of two wordings holds is for the author to say, so no change is accepted here.
    """
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        gone = {name for name in names if any(kind.fullmatch(name) for kind in (COMMENTS, PEOPLE, ABOUT))}
        gone |= {name for name in names if name.endswith(".vml") and _only_notes(part(archive, name))}
        gone |= {_rels_of(name) for name in gone}
        legacy = _links_to(archive, names, gone)
    rewrite(file, to, lambda name, raw: None if name in gone else _changed(name, raw, gone, legacy, extension))
    return {}


def _rels_of(name):
    folder, file = posixpath.split(name)
    return f"{folder}/_rels/{file}.rels"


def _only_notes(raw) -> bool:
    """Whether a drawing holds nothing but the boxes of comments."""
    kinds = re.findall(rb'ObjectType="(\w+)"', raw)
    return bool(kinds) and set(kinds) == {b"Note"}


def _target(rels, link):
    source = posixpath.dirname(posixpath.dirname(rels))
    target = link.get("Target", "")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(source, target))


def _links_to(archive, names, gone) -> dict:
    """Name of a part -> ids of its links to parts that go."""
    found = {}
    for name in names:
        if name.endswith(".rels"):
            folder, file = posixpath.split(name)
            owner = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
            links = tree(part(archive, name))
            found[owner] = {link.get("Id") for link in links if _target(name, link) in gone}
    return found


def _changed(name, raw, gone, legacy, extension):
    if name.endswith(".rels"):
        return _without(raw, lambda link: link.get("TargetMode") != "External" and _target(name, link) in gone)
    if name == "[Content_Types].xml":
        return _without(raw, lambda kind: (kind.get("PartName") or "").lstrip("/") in gone)
    if legacy.get(name) and extension == ".xlsx":
        ids = legacy[name]
        return _without(raw, lambda one: local(one) == "legacyDrawing" and bool(ids & set(one.attrib.values())))
    if extension == ".docx" and BODY[".docx"].fullmatch(name):
        return _unnamed(raw)
    return raw


def _without(raw, goes):
    root = tree(raw)
    for element in [one for one in root.iter() if isinstance(one.tag, str) and goes(one)]:
        element.getparent().remove(element)
    return written(root)


def _unnamed(raw):
    """Text without marks of comments and without the names and times of those who tracked changes."""
    root = tree(raw)
    for element in list(root.iter()):
        if local(element) in POINTS_TO_COMMENTS:
            element.getparent().remove(element)
            continue
        for key in list(element.attrib):
            if key.endswith(("}author", "}initials")):
                element.set(key, "Author")
            elif key.endswith("}date") and any(other.endswith("}author") for other in element.attrib):
                del element.attrib[key]
    return written(root)
